package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"github.com/vishvananda/netlink"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/tools/cache"
)

// What flannel writes at a node, and other nodes read.
const (
	publicAddress  = "flannel.alpha.coreos.com/public-ip"
	publicAddress6 = "flannel.alpha.coreos.com/public-ipv6"
	backendType    = "flannel.alpha.coreos.com/backend-type"
	backendData    = "flannel.alpha.coreos.com/backend-data"
	backendData6   = "flannel.alpha.coreos.com/backend-v6-data"
)

// prepareKernel sets what K3s sets before pods can run.
func (a *agent) prepareKernel() error {
	for _, module := range []string{"overlay", "br_netfilter", "nf_conntrack", "iptable_nat", "iptable_filter"} {
		exec.Command("modprobe", module).Run()
	}
	settings := map[string]string{
		"net/ipv4/conf/all/forwarding": "1", "net/ipv4/conf/default/forwarding": "1",
		"net/bridge/bridge-nf-call-iptables":                 "1",
		"net/netfilter/nf_conntrack_tcp_timeout_established": "86400",
		"net/netfilter/nf_conntrack_tcp_timeout_close_wait":  "3600",
	}
	if hasSix(a.cluster.Pods) {
		settings["net/ipv6/conf/all/forwarding"] = "1"
		settings["net/ipv6/conf/default/forwarding"] = "1"
		settings["net/bridge/bridge-nf-call-ip6tables"] = "1"
	}
	for path, value := range settings {
		if err := os.WriteFile("/proc/sys/"+path, []byte(value), 0o644); err != nil {
			logf("k3s", "level=error msg=\"Failed to set sysctl: %v\"", err)
		}
	}
	return nil
}

// untilRegistered waits for the node, and for its networks of pods.
func (a *agent) untilRegistered() error {
	return a.until("the node's network", time.Second, func() error {
		own, err := a.controller.CoreV1().Nodes().Get(a.context, a.name, meta.GetOptions{})
		if err == nil && len(own.Spec.PodCIDRs) == 0 {
			err = errors.New("the node has no network for its pods yet")
		}
		return err
	})
}

// keepNetwork does flannel's work: the network of this node's pods, and the ways to those of the other nodes.
func (a *agent) keepNetwork() {
	if a.cluster.Backend == "none" {
		return
	}
	if err := a.connectPods(); err != nil {
		a.fail(fmt.Errorf("flannel exited: %w", err))
	}
}

func (a *agent) connectPods() error {
	if err := a.untilRegistered(); err != nil {
		return nil
	}
	var backend backend = &direct{}
	if a.cluster.Backend == "vxlan" {
		backend = &tunnel{}
	}
	own, err := a.controller.CoreV1().Nodes().Get(a.context, a.name, meta.GetOptions{})
	if err != nil {
		return err
	}
	annotations, mtu, err := backend.open(a, own)
	if err != nil {
		return err
	}
	if err := a.announce(annotations); err != nil {
		return err
	}
	if err := a.writePodNetwork(own, mtu); err != nil {
		return err
	}
	factory := informers.NewSharedInformerFactory(a.controller, 0)
	nodes := factory.Core().V1().Nodes()
	changed := make(chan struct{}, 1)
	note := func(any) {
		select {
		case changed <- struct{}{}:
		default:
		}
	}
	if _, err := nodes.Informer().AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc: note, DeleteFunc: note, UpdateFunc: func(old, now any) {
			before, after := old.(*core.Node), now.(*core.Node)
			if !slices.Equal(before.Spec.PodCIDRs, after.Spec.PodCIDRs) || !sameAnnotations(before, after) {
				note(nil)
			}
		},
	}); err != nil {
		return err
	}
	factory.Start(a.context.Done())
	factory.WaitForCacheSync(a.context.Done())
	for {
		all, err := nodes.Lister().List(everything)
		if err == nil {
			others := slices.DeleteFunc(all, func(one *core.Node) bool { return one.Name == a.name })
			backend.reach(a, others)
			a.masquerade(own)
		}
		select {
		case <-a.context.Done():
			return nil
		case <-changed:
		case <-time.After(10 * time.Second):
		}
	}
}

func sameAnnotations(before, after *core.Node) bool {
	for _, key := range []string{publicAddress, publicAddress6, backendType, backendData, backendData6} {
		if before.Annotations[key] != after.Annotations[key] {
			return false
		}
	}
	return true
}

// outside is the address by which other nodes reach this one, of one family.
func (a *agent) outside(six bool) net.IP {
	if a.cluster.ExternalIP {
		for _, text := range a.list("node-external-ip") {
			if address := net.ParseIP(text); address != nil && (address.To4() == nil) == six {
				return address
			}
		}
	}
	if name := a.one("flannel-iface", ""); name != "" {
		if card, err := net.InterfaceByName(name); err == nil {
			if address, err := cardAddress(card, six); err == nil {
				return address
			}
		}
	}
	for _, address := range a.addresses {
		if (address.To4() == nil) == six {
			return address
		}
	}
	return nil
}

func (a *agent) announce(annotations object) error {
	annotations[backendType], annotations["flannel.alpha.coreos.com/kube-subnet-manager"] = a.cluster.Backend, "true"
	for key, six := range map[string]bool{publicAddress: false, publicAddress6: true} {
		if address := a.outside(six); address != nil && (!six || hasSix(a.cluster.Pods)) {
			annotations[key] = address.String()
		}
	}
	text, err := json.Marshal(object{"metadata": object{"annotations": annotations}})
	if err != nil {
		return err
	}
	return a.until("the node", time.Second, func() error {
		_, err := a.controller.CoreV1().Nodes().Patch(a.context, a.name, types.MergePatchType, text, meta.PatchOptions{})
		return err
	})
}

// writePodNetwork tells containerd how pods are connected: the bridge cni0 and ports of the host, as K3s has them.
func (a *agent) writePodNetwork(own *core.Node, mtu int) error {
	var ranges []any
	for _, network := range own.Spec.PodCIDRs {
		ranges = append(ranges, []any{object{"subnet": network}})
	}
	var routes []any
	for _, network := range a.cluster.Pods {
		routes = append(routes, object{"dst": network})
	}
	text, err := json.MarshalIndent(object{
		"name": "cbr0", "cniVersion": "1.0.0",
		"plugins": []any{
			object{
				"type": "bridge", "bridge": "cni0", "isDefaultGateway": true, "hairpinMode": true, "forceAddress": true,
				"mtu":  mtu,
				"ipam": object{"type": "host-local", "ranges": ranges, "routes": routes},
			},
			object{"type": "portmap", "capabilities": object{"portMappings": true}},
		},
	}, "", "  ")
	if err != nil {
		return err
	}
	return write(filepath.Join(a.agent("etc", "cni", "net.d"), "10-flannel.conflist"), append(text, '\n'), 0o600)
}

// defaultCard is the card of the default route.
func defaultCard() (*net.Interface, error) {
	for _, family := range []int{netlink.FAMILY_V4, netlink.FAMILY_V6} {
		routes, err := netlink.RouteList(nil, family)
		if err != nil {
			return nil, err
		}
		for _, route := range routes {
			if route.Dst == nil || route.Dst.IP.IsUnspecified() && ones(route.Dst.Mask) == 0 {
				return net.InterfaceByIndex(route.LinkIndex)
			}
		}
	}
	return nil, errors.New("unable to select an IP from default routes")
}

func ones(mask net.IPMask) int {
	number, _ := mask.Size()
	return number
}
