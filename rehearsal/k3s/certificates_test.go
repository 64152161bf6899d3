package main

import (
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestCertificatesAreRenewedBeforeTheyEnd(t *testing.T) {
	place := t.TempDir()
	by, err := newAuthority(filepath.Join(place, "ca"), "ca")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(place, "own")
	about := subject{name: "own", hosts: []string{"localhost", "10.0.0.1"}}
	serial := func() string {
		t.Helper()
		if err := by.have(path, about); err != nil {
			t.Fatal(err)
		}
		made, err := readCertificate(path + ".crt")
		if err != nil {
			t.Fatal(err)
		}
		if days := time.Until(made.NotAfter).Hours() / 24; days < 364 || days > 365 {
			t.Errorf("valid for %.1f days", days)
		}
		return made.SerialNumber.String()
	}
	first := serial()
	if serial() != first {
		t.Error("made again without a reason")
	}
	about.hosts = append(about.hosts, "api.example.no")
	second := serial()
	if second == first {
		t.Error("not made again for another host")
	}
	for left, renewed := range map[time.Duration]bool{renewal - time.Hour: true, renewal + time.Hour: false} {
		key, err := newKey(path + ".key")
		if err != nil {
			t.Fatal(err)
		}
		text, err := sign(&x509.Certificate{
			Subject: by.certificate.Subject, DNSNames: []string{"localhost", "api.example.no"},
		}, left, by.certificate, key.Public(), by.key)
		if err != nil {
			t.Fatal(err)
		}
		block, _ := pem.Decode(text)
		made, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			t.Fatal(err)
		}
		if by.fits(made, subject{name: made.Subject.CommonName}) == renewed {
			t.Errorf("with %s left, renewed should be %t", left, renewed)
		}
	}
}

func TestTokensNameTheAuthority(t *testing.T) {
	authority := []byte("authority")
	whole := "K10" + hashOf(authority) + "::server:word"
	if password(whole) != "word" || password("word") != "word" {
		t.Error(password(whole))
	}
	for token, fits := range map[string]bool{whole: true, "word": true, "K10" + hashOf(nil) + "::server:word": false} {
		if (checkAuthority(token, authority) == nil) != fits {
			t.Errorf("%s: should fit: %t", token, fits)
		}
	}
}

func TestKubeconfigHasModeAndGroup(t *testing.T) {
	place := t.TempDir()
	n := &node{data: place, options: options{
		"write-kubeconfig": {filepath.Join(place, "k3s.yaml")}, "write-kubeconfig-mode": {"0640"}, "write-kubeconfig-group": {"root"},
		"write-kubeconfig-name": {"nordpay"},
	}}
	by, err := newAuthority(n.server("tls", "server-ca"), "ca")
	if err != nil {
		t.Fatal(err)
	}
	if err := by.have(n.server("tls", "client-admin"), subject{name: "system:admin"}); err != nil {
		t.Fatal(err)
	}
	if err := n.writeAdminKubeconfig(); err != nil {
		t.Fatal(err)
	}
	about, err := os.Stat(filepath.Join(place, "k3s.yaml"))
	if err != nil || about.Mode() != 0o640 {
		t.Error(about, err)
	}
}
