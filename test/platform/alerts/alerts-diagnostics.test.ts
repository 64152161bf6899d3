import { describe, expect, it } from 'vitest';
import type { AlertsConfig } from '../../../src/config/alerts/alerts.ts';
import { check } from '../../../src/config/check/check.ts';
import { rangeLocation } from '../../../src/config/locate/source-lines.ts';
import type { PlatformConfig } from '../../../src/config/platform-config.ts';
import { secretForm } from '../../../src/platform/functions/secret-forms.ts';
import { resolve } from '../../../src/platform/resolve.ts';
import { platformWith } from '../edit.ts';

const deadMansSwitch = { host: 'hc.example.no' };
const phone = { kind: 'ntfy', host: 'ntfy.example.no' } as const;
const ops = {
  kind: 'mail',
  host: 'smtp.example.no',
  from: 'fjord@example.no',
  recipients: ['ops@example.no'],
} as const satisfies AlertsConfig['to'][string];
const nodes = { 'oslo-1': { provider: 'coolvds', country: 'NO' } } as const;

function reported(alerts: AlertsConfig, changes: Partial<PlatformConfig> = {}): string[] {
  return resolve(platformWith({ ...changes, alerts }))[1].map(
    ({ code, path }) => `${code} ${path.join('.')}`,
  );
}

function checked(alerts: unknown): string[] {
  return check({ ...platformWith({}), alerts }).map(({ code, path }) => `${code} ${path.join('.')}`);
}

describe('alerts', () => {
  const { from: _, ...withoutSender } = ops;
  const { recipients: __, ...withoutRecipients } = ops;
  it.each<[string, AlertsConfig, string[]]>([
    [
      'to a phone and by mail',
      { to: { phone, ops: { ...ops, recipients: [...ops.recipients] } }, deadMansSwitch },
      [],
    ],
    ['of nodes that are up only', { to: { phone } }, ['resolve/no-dead-mans-switch alerts.deadMansSwitch']],
    [
      'by mail of nobody',
      { to: { ops: { ...withoutSender, recipients: ['a@example.no'] } }, deadMansSwitch },
      ['resolve/mail-without-sender alerts.to.ops'],
    ],
    [
      'by mail to nobody',
      { to: { ops: withoutRecipients }, deadMansSwitch },
      ['resolve/mail-without-recipients alerts.to.ops'],
    ],
    [
      'to a phone with a port and a sender',
      { to: { phone: { ...phone, port: 25, from: 'a@example.no' } }, deadMansSwitch },
      ['resolve/alert-key-of-mail alerts.to.phone.port', 'resolve/alert-key-of-mail alerts.to.phone.from'],
    ],
    [
      'every second',
      { to: { phone }, deadMansSwitch, every: '1s' },
      ['resolve/alerts-interval alerts.every'],
    ],
    ['every hour', { to: { phone }, deadMansSwitch, every: '1h' }, ['resolve/alerts-interval alerts.every']],
  ])('%s', (_name, alerts, codes) => expect(reported(alerts)).toEqual(codes));

  it.each<[string, unknown, string[]]>([
    ['to nobody', {}, ['check/missing-key alerts']],
    ['to an empty list', { to: {} }, ['check/too-few alerts.to']],
    [
      'to a target without a host',
      { to: { phone: { kind: 'ntfy' } } },
      ['check/missing-key alerts.to.phone'],
    ],
    [
      'of an unknown kind',
      { to: { phone: { ...phone, kind: 'telegram' } } },
      ['check/not-one-of alerts.to.phone.kind'],
    ],
    [
      'with a limit that no disk reaches',
      { to: { phone }, limits: { disk: 101 } },
      ['check/out-of-range alerts.limits.disk'],
    ],
    [
      'with a limit that certificates pass as they are renewed',
      { to: { phone }, limits: { certificate: 30 } },
      ['check/out-of-range alerts.limits.certificate'],
    ],
    [
      'to a secret address',
      { to: { phone: { ...phone, host: 'https://ntfy.example.no/topic' } } },
      ['check/alert-address-in-config alerts.to.phone.host'],
    ],
    [
      'to a secret key',
      { to: { phone: { ...phone, token: 'tk_x' } } },
      ['check/unknown-key alerts.to.phone.token'],
    ],
  ])('%s', (_name, alerts, codes) => expect(checked(alerts)).toEqual(codes));

  it.each<[string, AlertsConfig['to'], Partial<PlatformConfig['sovereignty'] & object>, string[]]>([
    ['at home', { phone: { ...phone, country: 'NO' } }, {}, []],
    ['somewhere', { phone }, {}, ['resolve/alert-country-not-said alerts.to.phone']],
    [
      'abroad',
      { phone: { ...phone, country: 'SE' } },
      {},
      ['resolve/alert-country-not-allowed alerts.to.phone.country'],
    ],
    [
      'to an American company',
      { team: { kind: 'slack', host: 'hooks.slack.com', country: 'NO' } },
      {},
      ['resolve/alert-host-foreign alerts.to.team.host'],
    ],
    [
      'to an American company that may know',
      { team: { kind: 'slack', host: 'hooks.slack.com', country: 'NO' } },
      { foreignOwners: 'allow' },
      [],
    ],
  ])('under sovereignty, %s', (_name, to, changes, codes) => {
    const sovereignty = { countries: ['NO'], ...changes };
    expect(reported({ to, deadMansSwitch }, { nodes, sovereignty })).toEqual(codes);
  });

  it('under sovereignty, with a dead man’s switch of an American company', () => {
    const dead = {
      to: { phone: { ...phone, country: 'NO' } },
      deadMansSwitch: { host: 'api.pagerduty.com' },
    };
    expect(reported(dead, { nodes, sovereignty: { countries: ['NO'] } })).toEqual([
      'resolve/alert-host-foreign alerts.deadMansSwitch.host',
    ]);
  });
});

describe('the address of a target', () => {
  it('is shown in no diagnostic, with its line or without', () => {
    const host = 'https://chat.example.no/hooks/T0SECRET';
    expect(
      JSON.stringify(check({ ...platformWith({}), alerts: { to: { team: { kind: 'slack', host } } } })),
    ).not.toContain('T0SECRET');
    const line = `    team: { kind: 'slack', host: '${host}' },`;
    const { text, length } = rangeLocation('platform.config.ts', line, 33, 33 + host.length, true);
    expect(text).toBe(`    team: { kind: 'slack', host: 'https://chat.example.no/${'*'.repeat(14)}' },`);
    expect([length, text.length]).toEqual([host.length, line.length]);
  });

  it.each([
    [
      'https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX',
      'the address of a Slack webhook',
    ],
    [
      'https://discord.com/api/webhooks/123456/abcdefghijklmnopqrstuvwxyz',
      'the address of a Discord webhook',
    ],
    ['https://hc-ping.com/6e1fbf8f-c17e-4749-af44-0c81461bdd98', 'the address of a check of Healthchecks'],
    ['https://hc-ping.com', undefined],
    ['https://hooks.slack.com', undefined],
  ])('is a secret: %s', (address, form) => expect(secretForm(address)).toBe(form));
});
