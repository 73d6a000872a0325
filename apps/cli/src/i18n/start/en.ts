import type { Words } from '../en.ts';

/** The words of `twinpark start` in English. */
export const en = {
  start: {
    starting: 'Starting {parks} …',
    running: 'Both parks are running.',
    runningOne: '{park} is running.',
    address: '{address}  {park}',
    signIn: 'Signing in',
    demo: 'This is a demo: whoever reaches an address may sign in with one of its demo accounts, which are listed at {path}. All accounts are invented.',
    production: 'People sign in with passkeys or through an identity provider.',
    firstOperator:
      'The first person who runs the park comes in by this link. It is for you alone, and good until it is used: {link}',
    tryIt: 'Every call with its data, to read and to try: {path} at each address.',
    tryItOne: 'Every call with its data, to read and to try: {path}',
    data: 'Data',
    embedded:
      'Each park has a database of its own, embedded in its process. It survives a crash of the process, but not loss of power: real cases belong on a PostgreSQL server (docs/operations.md).',
    embeddedOne:
      'The database is embedded in the process. It survives a crash of the process, but not loss of power: real cases belong on a PostgreSQL server (docs/operations.md).',
    server: 'The database is on a PostgreSQL server; evidence and keys lie in {folder}.',
    logs: 'Each park’s log is {file} in its folder.',
    stop: 'Ctrl-C stops both; the next start finds everything again.',
    stopOne: 'Ctrl-C stops it; the next start finds everything again.',
    ended: '{park} has ended unexpectedly ({how}). Its log: {file}',
    endedBySignal: 'signal {signal}',
    endedWithCode: 'code {code}',
    restarting: 'Starting it again.',
    back: '{park} is running again: {address}',
    givenUp: 'It has ended {count} times within {minutes} minutes, so both parks are stopped.',
    stopping: 'Stopping; what is being done is finished first. Ctrl-C once more stops at once.',
    stopped: 'Stopped. Nothing is lost.',
    killed: 'Stopped at once. What was acknowledged is kept.',
    silent: '{park} runs, but says of itself at {address} that it is not ready. Its log: {file}',
    faultOf: '{park}: {fault}',
    variables: 'Settings of a node, from the environment',
    variable: '{about}[ Unit: {unit}.][ Without it: {fallback}.]',
    secretFile: 'A secret may also stand in a file that the variable with _FILE behind its name names.',
  },
  startFaults: {
    portInUse:
      'Port {port}, for {park}, is in use. Stop what listens there, or give the first of two free ports.',
    onlyOnePark: 'This is for one park alone. Name it with --park, or leave this out to start both.',
    setting: '{reason} {remedy}',
  },
} as const;

export type StartWords = Words<typeof en>;
