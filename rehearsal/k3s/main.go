// K3s cannot be had from a Go module. This program takes its place in rehearsals and tests: on a machine it behaves as
// K3s does, by the parts that K3s is made of, which lie in /opt/k3s-parts. It has the name, the files, the ports and the
// answers of K3s as far as Fjord or what Fjord writes has to do with them.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	arguments := os.Args[1:]
	// kubectl, crictl and ctr are links to k3s.
	if name := filepath.Base(os.Args[0]); name == "kubectl" || name == "crictl" || name == "ctr" {
		arguments = append([]string{name}, arguments...)
	}
	if err := run(arguments); err != nil {
		fmt.Fprintf(os.Stderr, "level=fatal msg=%q\n", err.Error())
		os.Exit(1)
	}
}

func run(arguments []string) error {
	if len(arguments) == 0 {
		return fmt.Errorf("k3s without a command does nothing here")
	}
	command, rest := arguments[0], arguments[1:]
	switch command {
	case "--version", "-v":
		fmt.Println(versionText())
		return nil
	case "server":
		return runServer(rest)
	case "agent":
		return runAgent(rest)
	case "kubectl", "crictl", "ctr":
		return execTool(command, rest)
	case "etcd-snapshot":
		return etcdSnapshot(rest)
	case "secrets-encrypt":
		return secretsEncrypt(rest)
	case "apply-manifests":
		return applyManifests(rest)
	}
	return fmt.Errorf("k3s %s is not something that this stand-in for K3s does", command)
}
