package main

import (
	"os/exec"
	"strings"

	core "k8s.io/api/core/v1"
)

// masquerade writes flannel's rules: what leaves the pods' network takes the node's address.
func (a *agent) masquerade(own *core.Node) {
	for _, pods := range a.cluster.Pods {
		command := "iptables"
		multicast := "224.0.0.0/4"
		if strings.Contains(pods, ":") {
			command, multicast = "ip6tables", "ff00::/8"
		}
		here := ""
		for _, network := range own.Spec.PodCIDRs {
			if strings.Contains(network, ":") == strings.Contains(pods, ":") {
				here = network
			}
		}
		a.haveChain(command, "filter", "FORWARD", "FLANNEL-FWD", "flanneld forward", [][]string{
			{"-s", pods, "-j", "ACCEPT"}, {"-d", pods, "-j", "ACCEPT"},
		})
		if command == "ip6tables" && !a.cluster.Masquerade6 {
			continue
		}
		a.haveChain(command, "nat", "POSTROUTING", "FLANNEL-POSTRTG", "flanneld masq", [][]string{
			{"-m", "mark", "--mark", "0x4000/0x4000", "-j", "RETURN"},
			{"-s", here, "-d", pods, "-j", "RETURN"},
			{"-s", pods, "-d", here, "-j", "RETURN"},
			{"!", "-s", pods, "-d", here, "-j", "RETURN"},
			{"-s", pods, "!", "-d", multicast, "-j", "MASQUERADE", "--random-fully"},
			{"!", "-s", pods, "-d", pods, "-j", "MASQUERADE", "--random-fully"},
		})
	}
}

// haveChain writes a chain anew unless it has as many rules as it should have, and is called.
func (a *agent) haveChain(command, table, from, chain, comment string, rules [][]string) {
	run := func(arguments ...string) (string, error) {
		text, err := exec.Command(command, append([]string{"-w", "-t", table}, arguments...)...).CombinedOutput()
		return string(text), err
	}
	call := []string{"-m", "comment", "--comment", comment, "-j", chain}
	there, err := run("-S")
	if err == nil && strings.Count(there, "-A "+chain+" ") == len(rules) && strings.Contains(there, "-j "+chain) {
		return
	}
	run("-N", chain)
	run("-F", chain)
	for _, rule := range rules {
		line := append([]string{"-A", chain, "-m", "comment", "--comment", comment}, rule...)
		if text, err := run(line...); err != nil {
			logf("flannel", "level=error msg=\"%s %s: %s\"", command, strings.Join(line, " "), strings.TrimSpace(text))
		}
	}
	if _, err := run(append([]string{"-C", from}, call...)...); err != nil {
		run(append([]string{"-A", from}, call...)...)
	}
}
