/** What nodes say to each other. `docs/protocol/` specifies each, with the order in which they may come. */
export const messageTypes = [
  'org.twinpark.filing.submitted',
  'org.twinpark.filing.amended',
  'org.twinpark.filing.withdrawn',
  'org.twinpark.remedy.lodged',
  'org.twinpark.act.answered',
  'org.twinpark.case.reported',
  'org.twinpark.joint.briefed',
  'org.twinpark.joint.contributed',
  'org.twinpark.joint.ended',
  'org.twinpark.keys.announced',
  'org.twinpark.message.replaced',
] as const;
export type MessageType = (typeof messageTypes)[number];
