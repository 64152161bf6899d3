// Becomes a program as a container runtime does: below a root, as a user, in a directory, without capabilities and
// without a way to new ones. The program is looked for in PATH, there.
//
//	start ROOT USER DIRECTORY PROGRAM [ARGUMENT]…
package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"syscall"
)

const (
	dropFromBoundingSet = 24
	setNoNewPrivileges  = 38
	lastCapability      = 40
)

func main() {
	// The kernel keeps both per thread, and the thread that executes passes its own on.
	runtime.LockOSThread()
	if err := become(os.Args[1], os.Args[2], os.Args[3], os.Args[4:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(126)
	}
}

func become(root, user, directory string, words []string) error {
	number, err := strconv.Atoi(user)
	if err != nil {
		return err
	}
	if err := syscall.Chroot(root); err != nil {
		return err
	}
	if err := os.Chdir(directory); err != nil {
		return err
	}
	program, err := exec.LookPath(words[0])
	if err != nil {
		return err
	}
	for capability := range uintptr(lastCapability + 1) {
		syscall.RawSyscall(syscall.SYS_PRCTL, dropFromBoundingSet, capability, 0)
	}
	if _, _, failed := syscall.RawSyscall6(syscall.SYS_PRCTL, setNoNewPrivileges, 1, 0, 0, 0, 0); failed != 0 {
		return failed
	}
	for _, err := range []error{syscall.Setgroups([]int{number}), syscall.Setgid(number), syscall.Setuid(number)} {
		if err != nil {
			return err
		}
	}
	return syscall.Exec(program, words, os.Environ())
}
