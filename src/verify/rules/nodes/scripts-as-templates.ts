import { report } from '../../../diagnostics/report.ts';
import { templateText } from '../../../renderers/template.ts';
import type { DistNode } from '../../dist.ts';
import { shellOf } from '../../read/apply-script.ts';
import type { Rule } from '../rule.ts';
import { type TemplatePattern, templatePattern } from './template-pattern.ts';

const required = (file: string) => ({ text: templateText(file) });
const optional = (file: string) => ({ text: templateText(file), optional: true });
const alone = (file: string) => templatePattern([required(file)]);

/** What each of these is made from. */
const templates: Readonly<Record<string, TemplatePattern>> = {
  '/usr/local/sbin/fjord-apply': templatePattern([
    required('apply-script/templates/head.sh.hbs'),
    required('apply-script/templates/preflight.sh.hbs'),
    required('apply-script/templates/packages.sh.hbs'),
    optional('apply-script/templates/nginx-keys.sh.hbs'),
    required('apply-script/templates/files.sh.hbs'),
    optional('apply-script/templates/nginx-package.sh.hbs'),
    required('apply-script/templates/system.sh.hbs'),
    optional('apply-script/templates/nginx.sh.hbs'),
    required('apply-script/templates/k3s.sh.hbs'),
    optional('apply-script/templates/admin-password.sh.hbs'),
    optional('apply-script/templates/certificate.sh.hbs'),
    required('apply-script/templates/tail.sh.hbs'),
  ]),
  '/usr/local/sbin/fjord-logs': alone('node-files/templates/fjord-logs.sh.hbs'),
  '/etc/logrotate.d/nginx': alone('node-files/templates/logrotate-nginx.hbs'),
  '/etc/systemd/journald.conf.d/fjord.conf': alone('node-files/templates/journald.conf.hbs'),
  '/etc/systemd/system/fjord-logs.service': alone('node-files/templates/fjord-logs.service.hbs'),
  '/etc/systemd/system/fjord-logs.timer': alone('node-files/templates/fjord-logs.timer.hbs'),
  '/etc/systemd/system/k3s.service.d/fjord.conf': alone('node-files/templates/k3s-drop-in.conf.hbs'),
  '/etc/systemd/system/k3s-agent.service.d/fjord.conf': alone('node-files/templates/k3s-drop-in.conf.hbs'),
  '/usr/local/sbin/openfaas-tls': alone('node-files/templates/tls.sh.hbs'),
  '/etc/fjord/firewall.nft': alone('node-files/templates/firewall.nft.hbs'),
  '/etc/systemd/system/fjord-firewall.service': alone('node-files/templates/fjord-firewall.service.hbs'),
  '/etc/sysctl.d/99-serverless.conf': alone('node-files/templates/99-serverless.conf.hbs'),
  '/etc/systemd/system/nginx.service.d/fjord.conf': alone('node-files/templates/nginx-drop-in.conf.hbs'),
  '/etc/systemd/system/openfaas-cert.service': alone('node-files/templates/openfaas-cert.service.hbs'),
  '/etc/systemd/system/openfaas-cert.path': alone('node-files/templates/openfaas-cert.path.hbs'),
};

/**
 * What runs as root on a node is what this version of Fjord makes of its templates, whatever the values in it: there
 * is no other way to know of a script what it does.
 */
export const scriptsAsTemplates: Rule = {
  name: 'scripts-as-templates',
  harm: 'ownership',
  loss: 'A command that nobody wrote would run as root.',
  check: ({ nodes }) =>
    nodes.flatMap((node) =>
      Object.entries(templates).flatMap(([place, pattern]) => {
        const text = textOf(node, place);
        if (text === undefined || pattern.whole.test(text)) return [];
        return [
          report(
            'verify/script-edited',
            [],
            { place, line: strangeLine(text, pattern) },
            { artifact: { path: `${node.path}#${place}` } },
          ),
        ];
      }),
    ),
};

function textOf({ files }: DistNode, place: string): string | undefined {
  const text = files.get(place)?.text;
  return text !== undefined && place.endsWith('/fjord-apply') ? shellOf(text) : text;
}

/** The first line that is in no template; undefined where lines are only missing, or stand in another order. */
function strangeLine(text: string, { lines }: TemplatePattern): string | undefined {
  return text.split('\n').find((line) => !lines.some((pattern) => pattern.test(line)));
}
