import { en as refusals } from './refusal-titles.ts';
import type { HttpTexts } from './texts.ts';

export const en: HttpTexts = {
  problems: {
    validationFailed: {
      title: 'The request does not have the required form',
      detail:
        'Parts of the request are not as they must be; each is listed. Put them right and send it again.',
    },
    malformedRequest: {
      title: 'The request cannot be read',
      detail:
        'The address or the headers of the request break the rules of HTTP. Send a well-formed request.',
    },
    malformedJson: {
      title: 'The body is not JSON',
      detail: 'The body of the request cannot be read as JSON in UTF-8. Send well-formed JSON.',
    },
    cursorInvalid: {
      title: 'The place in the list is not known',
      detail: 'The cursor does not belong to this list. Begin with the first page.',
    },
    idempotencyKeyMissing: {
      title: 'An Idempotency-Key is needed',
      detail:
        'A request that changes something needs the header Idempotency-Key, 8 to 200 printable characters, so that a repetition does nothing twice. Send a new random key, such as a UUID.',
    },
    digestMissing: {
      title: 'A digest is needed',
      detail: 'The SHA-256 of what is sent is missing. Send it, so that damage on the way is found.',
    },
    protocolUnknown: {
      title: 'This version of the protocol is not spoken here',
      detail:
        'The message is in a version of the protocol between the parks that this node does not know.[ It knows: {known}.] Bring the older of the two nodes up to date.',
    },
    batchMalformed: {
      title: 'This is not a batch of messages',
      detail:
        'The request has to be a list of at most {most} messages, each with an id of its own. This one is not, so nothing of it was taken.',
    },
    signInRequired: {
      title: 'Sign-in is needed',
      detail: 'You are not signed in. Sign in and try again.',
    },
    signInFailed: {
      title: 'The sign-in did not succeed',
      detail: 'It could not be established who you are. Sign in once more.',
    },
    signatureMissing: {
      title: 'A signature is needed',
      detail:
        'This address is for the other park’s node alone, which signs each message. This message carries no signature, so nothing was done.',
    },
    signatureInvalid: {
      title: 'The signature does not count',
      detail:
        'The signature of the message could not be confirmed[ ({reason})], so nothing was done. On both sides, check the other park’s card, the public address and the clock; docs/operations.md says how.',
    },
    organizationRequired: {
      title: 'An organisation is needed',
      detail: 'You act for no organisation yet. Choose one of yours and try again.',
    },
    roleNotAllowed: {
      title: 'Not in this role',
      detail:
        'This is not open to the role in which you act.[ It is open to: {roles}.] Choose another of your organisations, or ask somebody in that role.',
    },
    checkpointNotSigned: {
      title: 'The checkpoint is not signed by the log',
      detail:
        'None of the log keys that this park knows of the other one has signed it, or the signature is wrong, so it is not cosigned. Check that this park has the other one’s newest card.',
    },
    managerRequired: {
      title: 'Only for those who manage the organisation',
      detail: 'You do not manage this organisation. Ask somebody who does.',
    },
    signInAgain: {
      title: 'Sign in once more',
      detail: 'Your last sign-in is too long ago for this step. Sign in once more and repeat it.',
    },
    foreignOrigin: {
      title: 'Sent from another site',
      detail:
        'The request was sent by a page of another site, so nothing was done. Open this site and do it there.',
    },
    notFound: {
      title: 'Not found',
      detail: 'There is nothing here, or nothing that you may see. Check the address and for whom you act.',
    },
    methodNotAllowed: {
      title: 'The method does not fit the address',
      detail: 'This address does not take that method.[ It takes: {allowed}.]',
    },
    requestTimeout: {
      title: 'The request took too long to arrive',
      detail: 'The request did not arrive as a whole in time. Send it again; large files go in parts.',
    },
    idempotencyKeyInFlight: {
      title: 'The same request is being worked on',
      detail:
        'A request with this Idempotency-Key is still being worked on. Wait a moment and send the same again.',
    },
    assignedMeanwhile: {
      title: 'Somebody else handles it now',
      detail:
        'The case has been taken, handed over or given back in the meantime. See who handles it now, then decide what to do.',
    },
    versionConflict: {
      title: 'Changed in the meantime',
      detail:
        'It was changed since you read it.[ It now has version {version}.] Read it again and repeat your change.',
    },
    alreadyMember: {
      title: 'Already a member',
      detail: 'This person is already a member of the organisation. Change the membership instead.',
    },
    lastManager: {
      title: 'The last manager',
      detail: 'An organisation always keeps somebody who manages it. Let another member manage it first.',
    },
    lastPasskey: {
      title: 'The last passkey',
      detail: 'Without this passkey you could not sign in any more. Add another one first.',
    },
    uploadIncomplete: {
      title: 'The upload is not complete',
      detail: 'Parts of the file have not arrived[: {missing}]. Send them and complete the upload again.',
    },
    uploadClosed: {
      title: 'The upload is closed',
      detail: 'This upload was completed or has expired. Begin a new one.',
    },
    tooManyUploads: {
      title: 'Too many open uploads',
      detail:
        'Your organisation has as many uploads open as it may have[: {most}]. Complete or give up one first.',
    },
    evidenceInUse: {
      title: 'The paper is in use',
      detail: 'A dossier or a case refers to this paper, so it stays. Put another in its place there first.',
    },
    paperOnItsWay: {
      title: 'The paper is on its way',
      detail:
        'The other park has not sent the file yet. The system fetches it by itself; look again in a while.',
    },
    previewChanged: {
      title: 'Something else would cross now',
      detail:
        'What would go to the other park is no longer what you agreed to, so nothing was sent. Look at it again and agree to it.',
    },
    actUnanswered: {
      title: 'What you sent last has not been answered',
      detail:
        'The other park has not yet answered what you last sent it about this case. Wait for its answer, then send this.',
    },
    outputNotIssued: {
      title: 'Nothing has been issued yet',
      detail: 'The case has no output yet. It is issued when the decision is served.',
    },
    receiptNotReady: {
      title: 'There is no receipt yet',
      detail:
        'A receipt needs the other park’s signature on the log that holds the entry. It usually follows within seconds, and takes longer while the other park cannot be reached. Try again later.',
    },
    erasureTooEarly: {
      title: 'Cases are still under way',
      detail:
        'The organisation’s records can be erased once all its cases have ended. Still under way: {underWay}.',
    },
    logForked: {
      title: 'The log has two histories',
      detail:
        'The root in this checkpoint differs from the one cosigned here before at the same size. The checkpoint is not cosigned, and this has been put on record.',
    },
    messageReplayed: {
      title: 'This message has come before',
      detail:
        'A message with the same signature has been taken already, so nothing was done. To send it once more, sign it anew.',
    },
    messageNotStuck: {
      title: 'The message needs no settling',
      detail:
        'It is not stuck: it is waiting to be sent, has been delivered, or was settled by hand. Nothing was changed.',
    },
    peerNotConfigured: {
      title: 'The other park is not connected',
      detail:
        'This system is not connected to that of the other park, so nothing can be sent there. Tell the operator.',
    },
    payloadTooLarge: {
      title: 'The request is too large',
      detail: 'The body is larger than may be sent here[: at most {largestBytes} bytes]. Send less at once.',
    },
    fileTooLarge: {
      title: 'The file is too large',
      detail:
        'The file is larger than a paper may be[: at most {largestBytes} bytes]. Make it smaller or divide it.',
    },
    unsupportedMediaType: {
      title: 'The media type is not accepted',
      detail: 'The body has a media type that is not accepted here.[ Send it as {expected}.]',
    },
    idempotencyKeyReused: {
      title: 'The Idempotency-Key belongs to another request',
      detail: 'This Idempotency-Key was used for another request. Send a new key with a new request.',
    },
    agreementRequired: {
      title: 'Your agreement is needed',
      detail:
        'Part of this goes across the border[, to {park}], and nothing has been sent yet. Look at what crosses and agree to it.',
    },
    fileTypeNotAllowed: {
      title: 'Files of this type are not accepted',
      detail:
        'The content of the file is of a type that is not accepted here[: {name}]. Send a PDF or an image.',
    },
    fileNameEmpty: {
      title: 'The file has no name',
      detail:
        'Nothing is left of the file’s name once what may not stand in one is taken out. Give it another name.',
    },
    partOutOfRange: {
      title: 'There is no such part',
      detail:
        'The number of the part does not fit the upload[, which has {partCount} parts, counted from 1]. Number the parts as the upload says.',
    },
    partSizeWrong: {
      title: 'The part has the wrong size',
      detail:
        'The part is not as large as it must be[: {expectedBytes} bytes]. Cut the file as the upload says and send the part again.',
    },
    digestMismatch: {
      title: 'The bytes are not those announced',
      detail: 'The SHA-256 of what arrived is not the one that was named[ (part {part})]. Send it again.',
    },
    roleNotOfKind: {
      title: 'The organisation has no such role',
      detail:
        'An organisation of this kind does not have that role.[ It has: {roles}.] Choose one that it has.',
    },
    journeyUnknown: {
      title: 'The journey is not known',
      detail: 'The zone has no such journey[: {journey}]. Choose one from the catalogue.',
    },
    stepUnknownInJourney: {
      title: 'The journey has no such step',
      detail: 'The journey has no such step[: {step}]. Choose one of its steps.',
    },
    factUnknown: {
      title: 'The question is not known',
      detail: 'The zone asks no such question[: {fact}]. Leave it out.',
    },
    factValueInvalid: {
      title: 'The answer does not fit the question',
      detail: 'The answer is not of the kind that is asked for[: {fact}]. Answer as the question says.',
    },
    evidenceTypeUnknown: {
      title: 'The kind of evidence is not known',
      detail: 'The zone knows no such kind of evidence[: {evidenceType}]. Choose one that the service names.',
    },
    logRangeUnknown: {
      title: 'The log does not reach so far',
      detail:
        'The log has {size} entries, counted from 0. Ask for one of these; of two sizes, give the smaller first and none above this number.',
    },
    logInconsistent: {
      title: 'The log does not continue what was seen',
      detail:
        'The proof does not show that the log begins with what was cosigned here before. The checkpoint is not cosigned, and this has been put on record.',
    },
    notAColleague: {
      title: 'Not an officer of this authority',
      detail:
        'A case can be handed over only to an officer or a supervisor of the authority that decides it. Choose one of them.',
    },
    evidenceUnknown: {
      title: 'The paper is not known',
      detail:
        'Your organisation has no such paper[: {evidence}]. Upload it first, or choose one that you have.',
    },
    invitationInvalid: {
      title: 'The invitation is not valid',
      detail: 'The invitation has expired, was used, or was meant for another address. Ask for a new one.',
    },
    passkeyNotAccepted: {
      title: 'The passkey is not accepted',
      detail: 'What the passkey signed could not be verified. Begin again, with a passkey of this site.',
    },
    messageRefused: {
      title: 'The message was not taken',
      detail: 'A message from the other park was not taken[: {reason}]. It had no effect.',
    },
    rateLimited: {
      title: 'Too many requests',
      detail:
        'More requests came than may come in a minute. Wait[ {retryAfterSeconds} seconds] and try again.',
    },
    headersTooLarge: {
      title: 'The headers of the request are too large',
      detail: 'The headers are larger than may be sent. Remove the cookies of this site and try again.',
    },
    internalError: {
      title: 'A fault of the system',
      detail:
        'Something went wrong in the system, and nothing was changed. Try again later; if it happens again, give the operator the id of this request.',
    },
    evidenceDamaged: {
      title: 'The stored paper is damaged',
      detail:
        'The stored bytes are no longer what was sent. The operator has been told; give the id of this request if you ask.',
    },
    databaseUnavailable: {
      title: 'The database cannot be reached',
      detail: 'The system cannot reach its database at the moment. Send the same request again shortly.',
    },
    providerUnavailable: {
      title: 'The sign-in service cannot be reached',
      detail:
        'The service through which you want to sign in does not answer. Try again shortly or choose another way.',
    },
    shuttingDown: {
      title: 'The system is stopping',
      detail: 'The system takes no new requests because it is stopping. Send the same request again shortly.',
    },
    storageFull: {
      title: 'The storage is full',
      detail: 'The system has no room left to store anything, and nothing was changed. Tell the operator.',
    },
  },
  refusals: refusals,
  roles: {
    applicant: 'applicants',
    officer: 'officers',
    supervisor: 'supervisors',
    auditor: 'auditors',
    operator: 'operators',
  },
  faults: {
    missing: 'This is missing.',
    types: {
      string: 'This must be text.',
      number: 'This must be a number.',
      int: 'This must be a whole number.',
      boolean: 'This must be true or false.',
      array: 'This must be a list.',
      object: 'This must be an object.',
      null: 'This must be null.',
      other: 'This is of the wrong kind.',
    },
    empty: 'This may not be empty.',
    textTooShort: 'This is too short: at least {minimum} characters.',
    textTooLong: 'This is too long: at most {maximum} characters.',
    listTooShort: 'There are too few entries: at least {minimum}.',
    listTooLong: 'There are too many entries: at most {maximum}.',
    numberTooSmall: 'This is too small: at least {minimum}.',
    numberNotAbove: 'This is too small: more than {minimum}.',
    numberTooLarge: 'This is too large: at most {maximum}.',
    numberNotBelow: 'This is too large: less than {maximum}.',
    step: 'This must be a multiple of {divisor}.',
    formats: {
      uuid: 'This must be a UUID.',
      date: 'This must be a date, such as 2026-03-31.',
      datetime: 'This must be an instant in UTC, such as 2026-03-31T09:00:00Z.',
      email: 'This must be an e-mail address.',
      url: 'This must be a web address.',
      other: 'This does not have the required form.',
    },
    options: 'This must be one of: {options}.',
    unknownKey: 'There is no such field. Leave it out.',
    keyNotAllowed: 'This name is not allowed here.',
    noFormFits: 'This fits none of the forms that are accepted here.',
    other: 'This is not valid.',
    nullCharacter: 'This holds the null character, which cannot be stored.',
    brokenCharacter: 'This holds half a character, which cannot be stored.',
    reservedKey: 'This name is reserved. Choose another.',
    tooDeep: 'This is nested too deeply: at most {maximum} levels.',
    tooMany: 'The request holds too many values: at most {maximum}.',
    notFinite: 'This number is too large.',
  },
  page: { status: 'HTTP status {status}', something: '…' },
};
