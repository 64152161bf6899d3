import { expect, it } from 'vitest';
import { type Facts, lacks, lacksToPrepare, preparation } from '../../src/rehearse/needs.ts';

const enough: Facts = {
  system: 'linux',
  processor: 'x64',
  isRoot: true,
  missing: [],
  namespaces: undefined,
  hasImage: true,
  parts: '/cache/kubernetes-parts-1',
  memory: 8 * 2 ** 30,
  disk: 40 * 2 ** 30,
  inotify: { most: 1024, used: 20 },
  tools: '/cache',
};

it('a machine with everything lacks nothing', () => expect(lacks(enough, 3)).toEqual([]));

it.each([
  [{ system: 'darwin', processor: 'arm64' }, /^Linux on x86-64: this is darwin on arm64; rehearse on/],
  [{ isRoot: false }, /^root: .*; run it with sudo/],
  [{ missing: ['nsenter'] }, /^nsenter: run apt-get install util-linux/],
  [
    { namespaces: 'unshare: unshare failed: Operation not permitted' },
    /^namespaces: unshare: .*--privileged$/,
  ],
  [{ hasImage: false }, /^the image of Debian 12: run fjord rehearse --prepare$/],
  [{ parts: undefined }, /^the parts of Kubernetes: run fjord rehearse --prepare$/],
  [{ memory: 2 ** 30 }, /^4.5 GiB of free memory \(there are 1 GiB\) for 3 machines; end other/],
  [{ disk: 2 ** 30 }, /^12 GiB of free disk \(there are 1 GiB\) for 3 machines in \/cache; make room/],
  [
    { inotify: { most: 128, used: 12 } },
    /^120 more instances of inotify \(root has 12 of 128\) for 3 machines; run sysctl -w fs\.inotify\.max_user_instances=256$/,
  ],
] satisfies [Partial<Facts>, RegExp][])('%j is one line with what to do', (change, line) => {
  const lines = lacks({ ...enough, ...change }, 3);
  expect(lines).toEqual([expect.stringMatching(line)]);
  expect(lines.join()).not.toContain('\n');
});

it('one machine has enough of what Debian gives', () => {
  expect(lacks({ ...enough, inotify: { most: 128, used: 12 } }, 1)).toEqual([]);
});

it('several are told at once', () => {
  expect(lacks({ ...enough, hasImage: false, parts: undefined, memory: 0 }, 1)).toHaveLength(3);
});

it('to prepare, compilers are needed as well, unless all is made', () => {
  const bare = { ...enough, missing: ['go', 'debootstrap'], hasImage: false };
  expect(lacksToPrepare(bare)).toEqual([expect.stringMatching(/^go, debootstrap: run apt-get install/)]);
  expect(lacksToPrepare({ ...bare, hasImage: true })).toEqual([]);
});

it('to prepare tells only what is not there yet', () => {
  expect(preparation(enough)).toEqual([]);
  expect(preparation({ ...enough, hasImage: false })).toEqual([expect.stringMatching(/^Makes a Debian 12/)]);
  expect(preparation({ ...enough, parts: undefined })).toEqual([
    expect.stringMatching(/^Builds Kubernetes .* as far as it is not built yet/),
  ]);
});
