import type { Language } from '@twinpark/contract/common.ts';
import { isNodeProblem, type ProblemCode, problemCodes, statusOf } from '@twinpark/contract/problem.ts';
import { fillIn } from '@twinpark/pack/problems.ts';
import { wordsIn } from '@twinpark/pack/words/words.ts';
import type { App } from './app.ts';
import { languageOf } from './language.ts';
import { titleOf } from './present-problem.ts';
import { problem } from './problem.ts';
import { httpTextsIn } from './problem-texts/http-texts.ts';

/** What the `type` of a problem leads to: a page for people, or JSON for whoever asks for it. */
export function registerProblemPages(app: App): void {
  app.fastify.get<{ Params: { code: string } }>('/problems/:code', (request, reply) => {
    const code = problemCodes.find((candidate) => candidate === request.params.code);
    if (code === undefined) return app.refuse(request, reply, problem('notFound'));
    const language = languageOf(request.headers['accept-language']);
    const description = describe(code, language);
    reply.headers({
      'Content-Language': language,
      Vary: 'Accept, Accept-Language',
      'Cache-Control': 'public, max-age=3600',
    });
    if (!/text\/html/.test(request.headers.accept ?? '')) return reply.send(description);
    return reply.type('text/html; charset=utf-8').send(page(description, language));
  });
}

interface Description {
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
}

function describe(code: ProblemCode, language: Language): Description {
  const { problems, page: words } = httpTextsIn[language];
  const text = isNodeProblem(code) ? problems[code].detail : wordsIn[language].law.refusals[code];
  // Without an occurrence there are no facts: parts that need one stay away, and the others show that something goes there.
  const required = text.replace(/\[[^\]]*\]/g, '');
  const facts = [...required.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name ?? '', words.something]);
  return {
    code,
    status: statusOf(code),
    title: titleOf(code, language),
    detail: fillIn(required, Object.fromEntries(facts)),
  };
}

function page({ code, status, title, detail }: Description, language: Language): string {
  const words = httpTextsIn[language].page;
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${asHtml(title)}</title>
<h1>${asHtml(title)}</h1>
<p>${asHtml(detail)}</p>
<p><code>${code}</code> · ${asHtml(fillIn(words.status, { status: String(status) }))}</p>
</html>
`;
}

function asHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
