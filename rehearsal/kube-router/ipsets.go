package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const restore6 = "ip6tables-restore"

// nameSets has this program called in the place of ip6tables-restore. kube-router 2.1.0 names the sets of IPv6 addresses
// inet6:…, but not in the rules that look into them, so no policy of a cluster with both families came into force. Later
// releases, one of which K3s has, name them everywhere.
func nameSets() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	real, err := exec.LookPath(restore6)
	if err != nil {
		return err
	}
	const place = "/run/kube-router"
	if err := os.MkdirAll(place, 0o700); err != nil {
		return err
	}
	link := filepath.Join(place, restore6)
	os.Remove(link)
	if err := os.Symlink(self, link); err != nil {
		return err
	}
	os.Setenv("KUBE_ROUTER_RESTORE6", real)
	return os.Setenv("PATH", place+":"+os.Getenv("PATH"))
}

// restoreRules is what that call does: the sets' names put right, the rules go to the real program.
func restoreRules(arguments []string) error {
	rules, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	real := exec.Command(os.Getenv("KUBE_ROUTER_RESTORE6"), arguments...)
	real.Stdin = bytes.NewReader(bytes.ReplaceAll(rules, []byte("--match-set KUBE-"), []byte("--match-set inet6:KUBE-")))
	real.Stdout, real.Stderr = os.Stdout, os.Stderr
	if err := real.Run(); err != nil {
		return fmt.Errorf("%s %s: %w", restore6, strings.Join(arguments, " "), err)
	}
	return nil
}
