import { closeSync, ftruncateSync, openSync } from 'node:fs';
import type { Image } from '../../src/rehearse/image.ts';

/**
 * The arguments with which QEMU emulates a machine of two processors that boots the image.
 *
 * @param memory in MiB
 * @param console the file that gets what the serial console shows
 * @param kernelArguments besides those that each of these machines needs, with a space in front
 */
export function emulated(image: Image, memory: number, console: string, kernelArguments = ''): string[] {
  return [
    ...['-machine', 'q35', '-accel', 'tcg,thread=multi', '-cpu', 'qemu64,svm=off', '-smp', '2'],
    ...['-m', String(memory)],
    ...['-nodefaults', '-no-user-config', '-display', 'none', '-serial', `file:${console}`],
    ...['-kernel', image.kernel, '-initrd', image.initrd],
    ...[
      '-append',
      `root=/dev/vda rw console=ttyS0 ds=nocloud net.ifnames=0 mitigations=off quiet${kernelArguments}`,
    ],
    ...['-device', 'virtio-rng-pci'],
    ...drive('root', `file=${image.disk},format=raw,snapshot=on,cache=unsafe`),
  ];
}

/** A disk that the node sees as `/dev/disk/by-id/virtio-<serial>`. The first one is its root. */
export function drive(serial: string, settings: string): string[] {
  return [
    '-drive',
    `id=${serial},if=none,${settings}`,
    '-device',
    `virtio-blk-pci,drive=${serial},serial=${serial}`,
  ];
}

export function sparseFile(path: string, bytes: number): string {
  const descriptor = openSync(path, 'w');
  ftruncateSync(descriptor, bytes);
  closeSync(descriptor);
  return path;
}
