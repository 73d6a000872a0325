import type { Records } from '@twinpark/pack/pack.ts';
import type { Zone } from '@twinpark/pack/zone.ts';

type System = Records['systems'];
type Server = System['servedBy'][number];

/** The zone's systems and what serves each, as a page: the map of what is done and what is not. */
export function coveragePage(zone: Zone, language: string): string {
  const systems = [...zone.systems.values()];
  const lines = [
    '# Coverage',
    '',
    '<!-- Generated from the zone pack by `npm run generate`; edit the pack, not this page. -->',
    '',
    `Every system and mechanism that public sources name for the zone, and what serves it here. ${summary(systems)}`,
    'A mechanism counts as served only if what serves it does what the mechanism must do; what is missing is said.',
  ];
  for (const group of zone.systemGroups.values()) {
    const members = systems.filter((system) => system.group === group.id);
    lines.push('', `## ${words(group.name, language)}`, '', '| Id | System | Served by | Still missing |');
    lines.push('| --- | --- | --- | --- |');
    for (const system of members) lines.push(row(zone, system, language));
  }
  return `${lines.join('\n')}\n`;
}

function summary(systems: readonly System[]): string {
  const served = systems.filter(({ servedBy }) => servedBy.length > 0);
  const whole = served.filter(({ partly }) => partly === undefined);
  const open = systems.length - served.length;
  return `Of ${systems.length}, ${whole.length} served in full, ${served.length - whole.length} in part, ${open} not yet.`;
}

function row(zone: Zone, system: System, language: string): string {
  const name = [words(system.name, language), system.outsideZone ? '(an idea from outside the zone)' : '']
    .filter(Boolean)
    .join(' ');
  const servers = system.servedBy.map((server) => serverName(zone, server, language)).join('; ');
  const missing = system.partly ? words(system.partly, language) : '';
  return `| ${system.id} | ${cell(name)} | ${cell(servers || 'not yet')} | ${cell(missing)} |`;
}

function serverName(zone: Zone, server: Server, language: string): string {
  if ('service' in server) return words(zone.services.get(server.service)?.name, language);
  if ('journey' in server) return `journey *${words(zone.journeys.get(server.journey)?.name, language)}*`;
  return 'data' in server ? `data: ${server.data}` : `\`twinpark ${server.command}\``;
}

function words(text: Readonly<Record<string, string>> | undefined, language: string): string {
  return text?.[language] ?? '';
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
