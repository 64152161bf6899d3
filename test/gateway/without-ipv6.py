"""Runs a program as a kernel with IPv6 switched off does: without-ipv6.py COMMAND...

With ipv6.disable=1 there is no such family: socket(AF_INET6) gives EAFNOSUPPORT. A filter of system calls gives the same
here, to the program and to all that it starts.
"""
import ctypes, errno, os, platform, struct, sys

call = {"x86_64": 41, "aarch64": 198}[platform.machine()]
number, first_argument = 0, 16
load, equals, answer = 0x20, 0x15, 0x06
allow, refuse = 0x7FFF0000, 0x00050000 | errno.EAFNOSUPPORT
steps = [
    (load, 0, 0, number),
    (equals, 0, 3, call),
    (load, 0, 0, first_argument),
    (equals, 0, 1, 10),
    (answer, 0, 0, refuse),
    (answer, 0, 0, allow),
]
program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))


class Filter(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_void_p)]


libc = ctypes.CDLL(None, use_errno=True)
what = Filter(len(steps), ctypes.addressof(program))
set_no_new_privileges, set_seccomp, filter_mode = 38, 22, 2
for option in ((set_no_new_privileges, 1, 0, 0, 0), (set_seccomp, filter_mode, ctypes.byref(what), 0, 0)):
    if libc.prctl(*option) != 0:
        sys.exit(f"prctl: {os.strerror(ctypes.get_errno())}")
os.execvp(sys.argv[1], sys.argv[1:])
