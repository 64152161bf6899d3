import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildImage, hashOf, type Image } from '../../src/rehearse/image.ts';
import { toolsDirectory } from '../conformance/tools-directory.ts';

/** The rehearsals' Debian, with what `test/boot/image/` adds to it; the first call makes it, in some minutes, as root. */
export function bootImage(): Image {
  const image = buildImage(toolsDirectory());
  const source = join(import.meta.dirname, 'image');
  const directory = join(dirname(image.disk), 'boot-test');
  const disk = join(directory, `${hashOf(source).slice(0, 16)}.ext4`);
  if (!existsSync(disk)) {
    mkdirSync(directory, { recursive: true });
    execFileSync(join(source, 'lay.sh'), [image.disk, disk]);
  }
  return { ...image, disk };
}
