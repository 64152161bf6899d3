// One file, so that all boots share the queue of `bootSoon`. The healthy one takes longest, so it begins first.
import './healthy-boot.ts';
import './faulty-boots.ts';
import './without-ipv6-boot.ts';
import './later-boot.ts';
