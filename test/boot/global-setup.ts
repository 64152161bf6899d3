import { bootImage } from './boot-image.ts';

/** Makes the image once, before tests that would all make it at the same time. */
export default function setup(): void {
  bootImage();
}
