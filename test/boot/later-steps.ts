import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const onNode = (name: string) => readFileSync(join(import.meta.dirname, 'on-node', name));

/** What the steps call, in `/run/boot-test/files`. */
export const programs = Object.fromEntries(
  ['load.py', 'under-load', 'before-k3s', 'state'].map((name) => [name, onNode(name)]),
);

/** Prints what makes a server itself. */
export const state = 'bash /run/boot-test/files/state';

const unit = `systemctl show --property MainPID,ActiveState,NRestarts nginx
  cat /run/nginx.pid
  pgrep --parent 1 --exact nginx | wc -l`;
/** What the scripts of Debian's nginx-common and nginx call after an update. */
const update = 'deb-systemd-invoke restart nginx.service && invoke-rc.d nginx upgrade';
const wrongConf = '/etc/nginx/conf.d/wrong.conf';

/** Restarts of nginx by each way that there is, under load. */
export function restartSteps(domain: string): Record<string, string> {
  const underLoad = (seconds: number, command: string) =>
    `bash /run/boot-test/files/under-load ${domain} ${seconds} bash -c '${command}'`;
  return {
    restart: underLoad(15, 'systemctl restart nginx'),
    'unit-restarted': unit,
    update: underLoad(15, update),
    'take-over': underLoad(
      10,
      '/usr/local/sbin/fjord-nginx take-over && sleep 1 && systemctl is-active nginx && systemctl restart nginx',
    ),
    killed: underLoad(10, 'kill -KILL $(cat /run/nginx.pid); sleep 6; systemctl is-active nginx'),
    'wrong-conf': underLoad(
      10,
      `echo wrong >${wrongConf}; systemctl restart nginx; sleep 3; rm ${wrongConf}; systemctl restart nginx`,
    ),
    stop: underLoad(10, 'systemctl stop nginx; pgrep -c -x nginx; systemctl start nginx'),
    'unit-after': unit,
  };
}

/** A stranger takes all of the disk, and gives it back. What is said meanwhile is kept in memory. */
export function diskSteps(domain: string): Record<string, string> {
  return {
    disk: `exec 3>&1 >/run/disk 2>&1
      fallocate --length $(($(stat --file-system --format '%f*%S' /) - 67108864)) /var/tmp/stranger
      cat /dev/zero >/var/tmp/stranger-2
      echo "free $(df --output=avail --block-size=1 / | tail -n 1)"
      bash /run/boot-test/files/under-load ${domain} 5 systemctl restart nginx
      head -c 1000000 /dev/zero >/run/body
      echo "body $(curl --silent --insecure --resolve ${domain}:443:127.0.0.1 --data-binary @/run/body --output /dev/null \\
        --write-out '%{http_code}' https://${domain}/function/order-webhook)"
      sha256sum /var/lib/fjord/backups/* >/run/copies
      /usr/local/sbin/fjord-backup; echo "backup $?"
      /usr/local/sbin/fjord-apply; echo "apply $?"
      sha256sum --check --quiet /run/copies; echo "copies $?"
      rm /var/tmp/stranger /var/tmp/stranger-2
      /usr/local/sbin/fjord-backup; echo "backup freed $?"
      /usr/local/sbin/fjord-apply; echo "apply freed $?"
      cat /run/disk >&3`,
  };
}

/** What happens at a reboot, and before K3s is up, is noted on the disk. */
export function rebootSteps(domain: string): Record<string, string> {
  return {
    'before-reboot': `mkdir -p /etc/systemd/system/k3s.service.d
      printf '%s\\n' 'table inet watch { chain out { type filter hook postrouting priority 300; oif != lo ip daddr 10.42.0.0/15 counter' '}' '}' >/etc/watch.nft
      printf '%s\\n' '[Unit]' 'DefaultDependencies=no' 'Before=network-pre.target fjord-firewall.service' '[Service]' \\
        'Type=oneshot' 'ExecStart=/usr/sbin/nft --file /etc/watch.nft' '[Install]' 'WantedBy=sysinit.target' \\
        >/etc/systemd/system/watch.service
      printf '%s\\n' '[Unit]' 'After=nginx.service' '[Service]' \\
        'ExecStartPre=/bin/bash /run/boot-test/files/before-k3s ${domain}' >/etc/systemd/system/k3s.service.d/boot-test.conf
      systemctl daemon-reload
      systemctl enable watch
      systemd-run --property DefaultDependencies=no bash -c "curl --silent --insecure --max-time 60 \\
        --resolve ${domain}:443:127.0.0.1 --output /dev/null --write-out '%{http_code}' \\
        'https://${domain}/function/export-ledger?delay=15' >/var/lib/boot-test/call-at-reboot; sync"
      sleep 2`,
  };
}

const certificate = '/var/lib/rancher/k3s/server/tls/client-admin.crt';

export function afterRebootSteps(domain: string): Record<string, string> {
  const ends = `openssl x509 -noout -enddate -in ${certificate}`;
  return {
    rebooted: `cat /var/lib/boot-test/call-at-reboot; echo
      cat /var/lib/boot-test/before-k3s
      echo "left later $(nft list table inet watch | grep -o 'packets [0-9]*')"
      nft delete table inet fjord
      curl --silent --max-time 2 http://10.43.0.99:8080/
      echo "left without our table $(nft list table inet watch | grep -o 'packets [0-9]*')"
      systemctl restart fjord-firewall`,
    year: `first=$(${ends})
      renewed() {
        date --set '+280 days' >&2
        for _ in {1..120}; do [ "$(${ends})" = "$first" ] || return 0; sleep 1; done
        return 1
      }
      export -f renewed
      export first
      bash /run/boot-test/files/under-load ${domain} 0 bash -c renewed
      date --set '+86 days' >&2
      openssl x509 -checkend 0 -noout -in ${certificate}
      journalctl --unit fjord-maintain --output cat`,
  };
}
