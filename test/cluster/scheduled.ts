import type { Running } from './running.ts';

interface Job {
  readonly metadata: { readonly name: string };
  readonly status: { readonly succeeded?: number; readonly failed?: number };
}

const namespace = ['--namespace', 'openfaas'];

/** The only schedule of a platform, whose jobs are started by hand. */
export class Scheduled {
  private readonly running: Running;

  constructor(running: Running) {
    this.running = running;
  }

  /** Has no more jobs come by themselves, and keeps all of them, to be counted. */
  async suspend(): Promise<void> {
    const spec = { suspend: true, successfulJobsHistoryLimit: 1000 };
    this.running.must(...namespace, 'patch', 'cronjob', this.name(), '--patch', JSON.stringify({ spec }));
    await this.untilEnd();
  }

  /** For how many minutes it has started a call. */
  minutes(): number {
    const { metadata, status } = this.running.get('cronjob', this.name(), ...namespace) as {
      metadata: { creationTimestamp: string };
      status: { lastScheduleTime: string };
    };
    const first = Math.ceil(Date.parse(metadata.creationTimestamp) / 60_000);
    return Date.parse(status.lastScheduleTime) / 60_000 - first + 1;
  }

  start(name: string): void {
    this.running.must(...namespace, 'create', 'job', name, `--from=cronjob/${this.name()}`);
  }

  isOver(name: string): boolean {
    return this.jobs().some((job) => job.metadata.name === name && isOver(job));
  }

  untilEnd(): Promise<void> {
    return this.running.first.until('the end of all jobs', 180, () => this.jobs().every(isOver));
  }

  /** Of these jobs, those that were not well at their first try. */
  failed(names: readonly string[]): string[] {
    const good = this.jobs().filter(({ status }) => status.succeeded === 1 && status.failed === undefined);
    return names.filter((name) => !good.some(({ metadata }) => metadata.name === name));
  }

  private jobs(): readonly Job[] {
    return (this.running.get('jobs', ...namespace) as { items: readonly Job[] }).items;
  }

  private name(): string {
    const { items } = this.running.get('cronjobs', ...namespace) as { items: Job[] };
    return items[0]?.metadata.name ?? '';
  }
}

function isOver({ status }: Job): boolean {
  return (status.succeeded ?? 0) + (status.failed ?? 0) > 0;
}
