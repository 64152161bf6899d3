// One file, so that all boots share the queue of `bootSoon`. Those of later days take longest, so they begin first.
import './later-boot.ts';
import './healthy-boot.ts';
import './faulty-boots.ts';
import './without-ipv6-boot.ts';
