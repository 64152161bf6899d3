// One file, so that all boots share the queue of `bootSoon`.
import './faulty-boots.ts';
import './healthy-boot.ts';
