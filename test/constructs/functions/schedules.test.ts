import { describe, expect, it } from 'vitest';
import type { FunctionConfig } from '../../../src/config/functions/function.ts';
import { platformWith } from '../../platform/edit.ts';
import { emittedObjects, objectIn } from '../emitted-objects.ts';

const image = 'ghcr.io/acme/x:1';

function cronJob(schedule: FunctionConfig['schedule'], timeout = '30s') {
  const objects = emittedObjects(
    platformWith({ functions: { report: { image, timeout, schedule, expose: false } } }),
  );
  const { spec } = objectIn(objects, 'CronJob', 'report', 'openfaas');
  const job = spec.jobTemplate.spec;
  return { spec, job, args: job.template.spec.containers[0]?.args ?? [] };
}

describe('a schedule', () => {
  it('calls the function through the gateway, waits for it, and never repeats a call', () => {
    const { spec, job, args } = cronJob('30 2 * * mon-fri', '15m');
    expect(spec).toMatchObject({
      schedule: '30 2 * * mon-fri',
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
    });
    expect(job).toMatchObject({ backoffLimit: 0, template: { spec: { restartPolicy: 'Never' } } });
    expect(args.at(-1)).toBe('http://gateway.openfaas.svc.cluster.local:8080/function/report');
    expect(args[args.lastIndexOf('--max-time') + 1]).toBe('930');
  });

  it('uses the queue, another time zone and overlapping calls if they are set', () => {
    const { spec, args } = cronJob({ cron: '@daily', timeZone: 'Europe/Oslo', async: true, overlap: true });
    expect(spec).toMatchObject({ schedule: '@daily', timeZone: 'Europe/Oslo', concurrencyPolicy: 'Allow' });
    expect(args.at(-1)).toBe('http://gateway.openfaas.svc.cluster.local:8080/async-function/report');
  });
});
