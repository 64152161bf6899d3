package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"slices"
	"strings"
	"time"
)

const (
	lifetime = 365 * 24 * time.Hour
	// At a start, a certificate that ends before is made anew.
	renewal = 90 * 24 * time.Hour
)

// authority signs certificates of one kind.
type authority struct {
	path        string
	certificate *x509.Certificate
	key         crypto.Signer
}

// subject is what a certificate is about.
type subject struct {
	name   string
	groups []string
	// Only a server's has hosts. Peers of etcd are both.
	hosts []string
	both  bool
}

// newAuthority reads PATH.crt and PATH.key, or makes them.
func newAuthority(path, name string) (*authority, error) {
	if _, err := os.Stat(path + ".crt"); os.IsNotExist(err) {
		key, err := newKey(path + ".key")
		if err != nil {
			return nil, err
		}
		template := &x509.Certificate{
			Subject:               pkix.Name{CommonName: fmt.Sprintf("%s@%d", name, time.Now().Unix())},
			IsCA:                  true,
			BasicConstraintsValid: true,
			KeyUsage:              x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment | x509.KeyUsageCertSign,
		}
		text, err := sign(template, 10*lifetime, nil, key.Public(), key)
		if err != nil {
			return nil, err
		}
		if err := write(path+".crt", text, 0o644); err != nil {
			return nil, err
		}
	}
	certificate, err := readCertificate(path + ".crt")
	if err != nil {
		return nil, err
	}
	key, err := newKey(path + ".key")
	if err != nil {
		return nil, err
	}
	return &authority{path: path + ".crt", certificate: certificate, key: key}, nil
}

// have sees to it that PATH.crt and PATH.key are there, of this authority, for this subject and for long enough.
func (a *authority) have(path string, about subject) error {
	if there, err := readCertificate(path + ".crt"); err == nil && a.fits(there, about) {
		return nil
	}
	key, err := newKey(path + ".key")
	if err != nil {
		return err
	}
	text, err := a.issue(about, key.Public())
	if err != nil {
		return err
	}
	return write(path+".crt", text, 0o644)
}

func (a *authority) fits(there *x509.Certificate, about subject) bool {
	if there.CheckSignatureFrom(a.certificate) != nil || time.Until(there.NotAfter) < renewal {
		return false
	}
	names := slices.Clone(there.DNSNames)
	for _, address := range there.IPAddresses {
		names = append(names, address.String())
	}
	return there.Subject.CommonName == about.name && len(missingFrom(names, about.hosts)) == 0
}

// issue signs a certificate. As K3s, it puts that of the authority behind it.
func (a *authority) issue(about subject, key crypto.PublicKey) ([]byte, error) {
	template := &x509.Certificate{
		Subject:     pkix.Name{CommonName: about.name, Organization: about.groups},
		KeyUsage:    x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}
	if len(about.hosts) > 0 {
		template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	}
	if about.both {
		template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}
	}
	for _, host := range about.hosts {
		if address := net.ParseIP(host); address != nil {
			template.IPAddresses = append(template.IPAddresses, address)
		} else {
			template.DNSNames = append(template.DNSNames, host)
		}
	}
	text, err := sign(template, lifetime, a.certificate, key, a.key)
	if err != nil {
		return nil, err
	}
	chain, err := os.ReadFile(a.path)
	return append(text, chain...), err
}

func sign(template *x509.Certificate, valid time.Duration, by *x509.Certificate, key crypto.PublicKey, signer crypto.Signer) ([]byte, error) {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 63))
	if err != nil {
		return nil, err
	}
	if by == nil {
		by = template
	}
	template.SerialNumber = serial
	// Other machines' clocks may be behind.
	template.NotBefore = time.Now().Add(-time.Hour)
	template.NotAfter = time.Now().Add(valid)
	der, err := x509.CreateCertificate(rand.Reader, template, by, key, signer)
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), nil
}

func readCertificate(path string) (*x509.Certificate, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, fmt.Errorf("%s holds no certificate", path)
	}
	return x509.ParseCertificate(block.Bytes)
}

// newKey reads a key, or makes it.
func newKey(path string) (crypto.Signer, error) {
	return keyFrom(path, func() (crypto.Signer, error) { return ecdsa.GenerateKey(elliptic.P256(), rand.Reader) })
}

// newAccountKey is the key that signs tokens of service accounts, which K3s makes an RSA one.
func newAccountKey(path string) (crypto.Signer, error) {
	return keyFrom(path, func() (crypto.Signer, error) { return rsa.GenerateKey(rand.Reader, 2048) })
}

func keyFrom(path string, generate func() (crypto.Signer, error)) (crypto.Signer, error) {
	text, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		key, err := generate()
		if err != nil {
			return nil, err
		}
		der, err := x509.MarshalPKCS8PrivateKey(key)
		if err != nil {
			return nil, err
		}
		return key, write(path, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), 0o600)
	}
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, fmt.Errorf("%s holds no key", path)
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return key.(crypto.Signer), nil
}

// missingFrom are the wanted ones that are not there.
func missingFrom(there, wanted []string) []string {
	var missing []string
	for _, one := range wanted {
		if !slices.ContainsFunc(there, func(other string) bool { return strings.EqualFold(one, other) }) {
			missing = append(missing, one)
		}
	}
	return missing
}
