// Plays the internet in a network namespace: any name has one of its addresses, and any address that it has answers
// HTTP and HTTPS with 200, as https://checkip.amazonaws.com does.
//
//	internet ADDRESS…
//
// Names are answered with the first IPv4 and the first IPv6 address. The certificate is made at the start and nobody
// trusts it; --certificate and --key name another one.
package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"flag"
	"fmt"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/netip"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

func main() {
	certificate := flag.String("certificate", "", "a PEM file")
	key := flag.String("key", "", "its key")
	flag.Parse()
	var addresses []netip.Addr
	for _, text := range flag.Args() {
		address, err := netip.ParseAddr(text)
		if err != nil {
			log.Fatal(err)
		}
		addresses = append(addresses, address)
	}
	if len(addresses) == 0 {
		log.Fatal("name the addresses that it has")
	}
	shown := selfSigned
	if *certificate != "" {
		shown = func() (tls.Certificate, error) { return tls.LoadX509KeyPair(*certificate, *key) }
	}
	pair, err := shown()
	if err != nil {
		log.Fatal(err)
	}
	for _, address := range addresses {
		names, err := net.ListenPacket("udp", net.JoinHostPort(address.String(), "53"))
		if err != nil {
			log.Fatal(err)
		}
		go answerNames(names, addresses)
		plain, err := net.Listen("tcp", net.JoinHostPort(address.String(), "80"))
		if err != nil {
			log.Fatal(err)
		}
		go http.Serve(plain, http.HandlerFunc(answer))
		secure, err := tls.Listen("tcp", net.JoinHostPort(address.String(), "443"), &tls.Config{Certificates: []tls.Certificate{pair}})
		if err != nil {
			log.Fatal(err)
		}
		go http.Serve(secure, http.HandlerFunc(answer))
	}
	select {}
}

// answer is the caller's address, as checkip has it.
func answer(w http.ResponseWriter, r *http.Request) {
	host, _, _ := net.SplitHostPort(r.RemoteAddr)
	log.Printf("%s %s%s from %s", r.Method, r.Host, r.URL.Path, host)
	fmt.Fprintln(w, host)
}

func answerNames(connection net.PacketConn, addresses []netip.Addr) {
	packet := make([]byte, 1500)
	for {
		n, from, err := connection.ReadFrom(packet)
		if err != nil {
			log.Fatal(err)
		}
		if answer, err := answerName(packet[:n], addresses); err == nil {
			connection.WriteTo(answer, from)
		}
	}
}

// answerName knows every name; it has no records but addresses.
func answerName(query []byte, addresses []netip.Addr) ([]byte, error) {
	var asked dnsmessage.Message
	if err := asked.Unpack(query); err != nil {
		return nil, err
	}
	answer := dnsmessage.Message{
		Header: dnsmessage.Header{
			ID: asked.ID, Response: true, RecursionDesired: asked.RecursionDesired, RecursionAvailable: true,
		},
		Questions: asked.Questions,
	}
	for _, question := range asked.Questions {
		header := dnsmessage.ResourceHeader{Name: question.Name, Type: question.Type, Class: question.Class, TTL: 60}
		for _, address := range addresses {
			var body dnsmessage.ResourceBody
			switch {
			case question.Type == dnsmessage.TypeA && address.Is4():
				body = &dnsmessage.AResource{A: address.As4()}
			case question.Type == dnsmessage.TypeAAAA && address.Is6():
				body = &dnsmessage.AAAAResource{AAAA: address.As16()}
			default:
				continue
			}
			answer.Answers = append(answer.Answers, dnsmessage.Resource{Header: header, Body: body})
			break
		}
	}
	return answer.Pack()
}

func selfSigned() (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().AddDate(10, 0, 0),
		DNSNames:     []string{"*"},
	}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return tls.Certificate{}, err
	}
	return tls.Certificate{Certificate: [][]byte{certificate}, PrivateKey: key}, nil
}
