package main

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"strings"
	"sync"
	"syscall"
	"unsafe"

	"github.com/vishvananda/netlink"
	core "k8s.io/api/core/v1"
)

const (
	tunnelCard = "flannel.1"
	tunnelPort = 8472
	tunnelID   = 1
	tunnelRoom = 50
)

// tunnel is vxlan: pods' packets travel in UDP between the nodes, through the card flannel.1. Where the kernel has no
// such card, it is one whose frames this program puts into the same UDP packets.
type tunnel struct {
	link netlink.Link
	card *os.File
	wire *net.UDPConn
	// Of a kernel that knows the other nodes by itself.
	native bool

	mutex sync.RWMutex
	nodes map[string]*net.UDPAddr
}

type tunnelData struct {
	VNI     int
	VtepMAC string
}

func (t *tunnel) open(a *agent, own *core.Node) (string, int, error) {
	by, err := cardOf(a.outside(false))
	if err != nil {
		return "", 0, err
	}
	mtu := by.MTU - tunnelRoom
	if err := t.makeCard(a, by, mtu); err != nil {
		return "", 0, err
	}
	for _, network := range own.Spec.PodCIDRs {
		first, _, err := net.ParseCIDR(network)
		if err != nil || first.To4() == nil {
			continue
		}
		address := &netlink.Addr{IPNet: &net.IPNet{IP: first, Mask: net.CIDRMask(32, 32)}}
		if err := netlink.AddrReplace(t.link, address); err != nil {
			return "", 0, err
		}
	}
	if err := netlink.LinkSetUp(t.link); err != nil {
		return "", 0, err
	}
	made, err := netlink.LinkByName(tunnelCard)
	if err != nil {
		return "", 0, err
	}
	data, err := json.Marshal(tunnelData{VNI: tunnelID, VtepMAC: made.Attrs().HardwareAddr.String()})
	return string(data), mtu, err
}

func (t *tunnel) makeCard(a *agent, by *net.Interface, mtu int) error {
	if old, err := netlink.LinkByName(tunnelCard); err == nil {
		netlink.LinkDel(old)
	}
	made := &netlink.Vxlan{
		LinkAttrs: netlink.LinkAttrs{Name: tunnelCard, MTU: mtu}, VxlanId: tunnelID, VtepDevIndex: by.Index,
		SrcAddr: a.outside(false), Port: tunnelPort, Learning: false,
	}
	if err := netlink.LinkAdd(made); err == nil {
		t.link, t.native = made, true
		return nil
	}
	if err := t.openTap(); err != nil {
		return fmt.Errorf("neither a vxlan nor a tap card can be made: %w", err)
	}
	link, err := netlink.LinkByName(tunnelCard)
	if err != nil {
		return err
	}
	if err := netlink.LinkSetMTU(link, mtu); err != nil {
		return err
	}
	t.link, t.nodes = link, map[string]*net.UDPAddr{}
	if t.wire, err = net.ListenUDP("udp4", &net.UDPAddr{Port: tunnelPort}); err != nil {
		return err
	}
	go t.wrap()
	go t.unwrap()
	return nil
}

func (t *tunnel) openTap() error {
	card, err := syscall.Open("/dev/net/tun", syscall.O_RDWR|syscall.O_CLOEXEC, 0)
	if err != nil {
		return err
	}
	var request struct {
		name  [syscall.IFNAMSIZ]byte
		flags uint16
		_     [22]byte
	}
	copy(request.name[:], tunnelCard)
	request.flags = syscall.IFF_TAP | syscall.IFF_NO_PI
	if _, _, failed := syscall.Syscall(syscall.SYS_IOCTL, uintptr(card), syscall.TUNSETIFF, uintptr(unsafe.Pointer(&request))); failed != 0 {
		syscall.Close(card)
		return failed
	}
	// So that Go's runtime waits for frames, and no thread does.
	if err := syscall.SetNonblock(card, true); err != nil {
		return err
	}
	t.card = os.NewFile(uintptr(card), "/dev/net/tun")
	return nil
}

// wrap sends frames to the node whose card they are for. Nothing is flooded: flannel names all neighbours.
func (t *tunnel) wrap() {
	packet := make([]byte, 1<<16)
	binary.BigEndian.PutUint32(packet[0:], 0x08000000)
	binary.BigEndian.PutUint32(packet[4:], tunnelID<<8)
	for {
		length, err := t.card.Read(packet[8:])
		if err != nil {
			return
		}
		if length < 14 {
			continue
		}
		t.mutex.RLock()
		to := t.nodes[net.HardwareAddr(packet[8:14]).String()]
		t.mutex.RUnlock()
		if to != nil {
			t.wire.WriteToUDP(packet[:8+length], to)
		}
	}
}

func (t *tunnel) unwrap() {
	packet := make([]byte, 1<<16)
	for {
		length, _, err := t.wire.ReadFromUDP(packet)
		if err != nil {
			return
		}
		if length > 8+14 && binary.BigEndian.Uint32(packet[4:]) == tunnelID<<8 {
			t.card.Write(packet[8:length])
		}
	}
}

func (t *tunnel) reach(a *agent, others []*core.Node) {
	var wanted []netlink.Route
	nodes := map[string]*net.UDPAddr{}
	for _, other := range others {
		var data tunnelData
		to := net.ParseIP(other.Annotations[publicAddress])
		if json.Unmarshal([]byte(other.Annotations[backendData]), &data) != nil || to == nil {
			continue
		}
		mac, err := net.ParseMAC(data.VtepMAC)
		if err != nil {
			continue
		}
		for _, network := range other.Spec.PodCIDRs {
			first, all, err := net.ParseCIDR(network)
			if err != nil || strings.Contains(network, ":") {
				continue
			}
			t.know(first, mac, to)
			wanted = append(wanted, netlink.Route{LinkIndex: t.link.Attrs().Index, Dst: all, Gw: first, Flags: int(netlink.FLAG_ONLINK)})
		}
		nodes[mac.String()] = &net.UDPAddr{IP: to, Port: tunnelPort}
	}
	t.mutex.Lock()
	t.nodes = nodes
	t.mutex.Unlock()
	haveRoutes(a, wanted, t.link)
}

// know enters the other node's card as a neighbour, and where its packets go.
func (t *tunnel) know(first net.IP, mac net.HardwareAddr, to net.IP) {
	index := t.link.Attrs().Index
	neighbours := []*netlink.Neigh{{LinkIndex: index, State: netlink.NUD_PERMANENT, Type: syscall.RTN_UNICAST, IP: first, HardwareAddr: mac}}
	if t.native {
		neighbours = append(neighbours, &netlink.Neigh{
			LinkIndex: index, State: netlink.NUD_PERMANENT, Family: syscall.AF_BRIDGE, Flags: netlink.NTF_SELF, IP: to, HardwareAddr: mac,
		})
	}
	for _, neighbour := range neighbours {
		if err := netlink.NeighSet(neighbour); err != nil {
			logf("flannel", "level=error msg=\"neighbour %s: %v\"", neighbour.IP, err)
		}
	}
}

// cardOf is the card that has an address.
func cardOf(address net.IP) (*net.Interface, error) {
	cards, err := net.Interfaces()
	if err != nil {
		return nil, err
	}
	for _, card := range cards {
		all, err := card.Addrs()
		if err != nil {
			continue
		}
		for _, one := range all {
			if network, is := one.(*net.IPNet); is && network.IP.Equal(address) {
				return &card, nil
			}
		}
	}
	return nil, fmt.Errorf("no card has the address %s", address)
}
