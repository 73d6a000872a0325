import { otherPark } from '@twinpark/pack/zone.ts';
import { thumbprintOf } from '../../platform/keys/key-ring.ts';
import { sourceOf } from '../message-codec.ts';
import { insertPeerKeys } from '../queries/peer-keys.ts';
import { oneByOne, refuseMessage } from '../take.ts';

/** The other park has new keys, and says so under one that is known: from now on they count, too. */
export const takeKeysAnnounced = oneByOne<'org.twinpark.keys.announced'>(async (tx, message, services) => {
  const { peerKeys, zone, park, clock } = services;
  const { keys } = message.data;
  const prefix = sourceOf(zone.id, otherPark(zone, park.id).id);
  const foreign = keys.find(
    ({ use, name, kid, x }) => name !== `${prefix}/${use}` || thumbprintOf(x) !== kid,
  );
  if (foreign) return refuseMessage('keyNotTheirs', { kid: foreign.kid, name: foreign.name });
  await insertPeerKeys(tx, keys, clock);
  // Should the transaction come to nothing, the key was still announced under a known one.
  peerKeys.learn(keys);
  return null;
});
