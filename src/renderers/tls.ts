import type { NodeFile } from '../artifacts/artifact.ts';
import type { Platform } from '../platform/platform.ts';
import { shellWord } from './shell-word.ts';
import { template } from './template.ts';

const placeholder = template('tls-placeholder.sh.hbs');
const deploy = template('tls-deploy.sh.hbs');
const unit = template('openfaas-cert.service.hbs');

/** Where nginx finds its certificate: a link, to a placeholder first and to certbot's own directory later. */
export function tlsDirectory(domain: string): string {
  return `/etc/nginx/tls/${domain}`;
}

/** What gets and renews the certificate. */
export function tlsFiles(platform: Platform, marker: string): NodeFile[] {
  const { domain, gateway } = platform;
  const { email, staging } = gateway.tls;
  const script = { kind: 'script', permissions: '0755' } as const;
  return [
    {
      ...script,
      path: '/usr/local/sbin/openfaas-tls-placeholder',
      text: placeholder({ marker, domain: shellWord(domain) }),
    },
    {
      ...script,
      path: '/usr/local/sbin/openfaas-tls-deploy',
      text: deploy({ marker, domain: shellWord(domain) }),
    },
    {
      path: '/etc/systemd/system/openfaas-cert.service',
      kind: 'unit',
      text: unit({
        marker,
        domain,
        account:
          email === undefined
            ? '--register-unsafely-without-email'
            : `--email ${email.replaceAll('%', '%%')}`,
        staging: staging ? '--test-cert ' : '',
      }),
      permissions: '0644',
    },
  ];
}
