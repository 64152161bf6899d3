import { own, type Scope } from '../../../nginx/scope.ts';
import { finding, type NginxRule } from './nginx-rule.ts';

/** What an nginx.conf of ours has, by the block that it stands in. */
const demands: Readonly<Record<string, readonly (readonly [directive: string, value: RegExp])[]>> = {
  main: [
    ['worker_processes', /^[1-9]\d*$/],
    ['worker_rlimit_nofile', /^[1-9]\d*$/],
    ['worker_shutdown_timeout', /^[1-9]\d*(ms|s|m|h)$/],
    ['pid', /^\/run\/nginx\.pid$/],
    ['error_log', /^syslog:server=unix:\/run\/systemd\/journal\/dev-log,/],
  ],
  events: [['worker_connections', /^[1-9]\d*$/]],
  http: [
    ['sendfile', /^on$/],
    ['tcp_nopush', /^on$/],
    ['server_tokens', /^off$/],
    ['include', /^\/etc\/nginx\/mime\.types$/],
    ['include', /^\/etc\/nginx\/conf\.d\/\*\.conf$/],
    ['default_type', /^application\/octet-stream$/],
    ['access_log', /^\/var\/log\/nginx\/access\.log/],
  ],
};

/** By the user that the package makes. */
const ofPackage = {
  'www-data': [
    ['user', /^www-data$/],
    ['include', /^\/etc\/nginx\/modules-enabled\/\*\.conf$/],
  ],
  nginx: [['user', /^nginx$/]],
} as const;

/** nginx.conf takes the place of the package's, so it has what that had: its user, its PID file, its includes. */
export const takesThePlace: NginxRule = {
  name: 'takes-the-place',
  check: (scopes, { file, user = 'www-data' }) => {
    if (file !== 'main') return [];
    const all = { ...demands, main: [...(demands.main ?? []), ...ofPackage[user]] };
    return Object.entries(all).flatMap(([name, wanted]) => {
      const scope: Scope | undefined = scopes.find((one) => one.name === name);
      return wanted
        .filter(
          ([directive, value]) =>
            !(scope ? own(scope, directive) : []).some(({ args }) => value.test(args.join(' '))),
        )
        .map(([directive, value]) =>
          finding(`there is no "${directive}" as ${value.source} in ${name}`, scope?.head),
        );
    });
  },
};
