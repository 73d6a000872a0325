-- What a decided case hands out: the signed document, as data and as printed pages.
-- Running nodes: may keep going.

create table outputs (
  receipt_number text primary key,
  -- A case that a remedy reopened is decided and served once more.
  case_id uuid not null,
  -- Printed in the QR code beside the number, so that a number alone tells nobody anything.
  verification_code text not null,
  statement jsonb not null,
  signature text not null,
  issued_at timestamptz not null
);
comment on column outputs.statement is 'The document as data; the signature covers its canonical JSON.';
comment on column outputs.signature is 'JWS compact serialisation with detached payload, EdDSA, by a key the node publishes.';

create index on outputs (case_id, issued_at);

create table output_documents (
  receipt_number text not null references outputs,
  language text not null,
  media_type text not null,
  sha256 text not null references evidence_files,
  primary key (receipt_number, language)
);
create index on output_documents (sha256);

grant select, insert on outputs, output_documents to twinpark_node;
alter table outputs enable row level security;
alter table output_documents enable row level security;
create policy all_for_node on outputs for all to twinpark_node using (true) with check (true);
create policy all_for_node on output_documents for all to twinpark_node using (true) with check (true);
create policy outputs_of_readable_cases on outputs for select to twinpark_app
  using (exists (select from cases c where c.case_id = outputs.case_id));
create policy documents_of_readable_outputs on output_documents for select to twinpark_app
  using (exists (select from outputs o where o.receipt_number = output_documents.receipt_number));
create policy files_of_readable_outputs on evidence_files for select to twinpark_app
  using (exists (select from output_documents d where d.sha256 = evidence_files.sha256));
grant select on outputs, output_documents to twinpark_app;
