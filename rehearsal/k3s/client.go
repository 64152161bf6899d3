package main

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// client asks a server what K3s' nodes ask each other.
type client struct {
	base, user, token string
	http              *http.Client
}

func newClient(host, user, token string) *client {
	return &client{base: "https://" + host, user: user, token: token}
}

// trust fetches the cluster's authority from whoever answers, and believes it if the token names it or names none.
func (c *client) trust(context context.Context) ([]byte, error) {
	c.http = &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, DisableKeepAlives: true,
	}}
	authorities, err := c.ask(context, "GET", "/cacerts", nil, nil)
	if err != nil {
		return nil, err
	}
	if err := checkAuthority(c.token, authorities); err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(authorities) {
		return nil, fmt.Errorf("%s/cacerts holds no certificate", c.base)
	}
	c.http = &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: roots, ServerName: "kubernetes"}, DisableKeepAlives: true,
	}}
	return authorities, nil
}

func (c *client) get(context context.Context, path string) ([]byte, error) {
	return c.ask(context, "GET", path, nil, nil)
}

func (c *client) getJSON(context context.Context, path string, into any) error {
	text, err := c.get(context, path)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, into)
}

func (c *client) post(context context.Context, path string, body []byte, headers map[string]string) ([]byte, error) {
	return c.ask(context, "POST", path, body, headers)
}

func (c *client) ask(context context.Context, method, path string, body []byte, headers map[string]string) ([]byte, error) {
	request, err := http.NewRequestWithContext(context, method, c.base+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	if path != "/cacerts" {
		request.SetBasicAuth(c.user, password(c.token))
	}
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	answer, err := c.http.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s%s: %s: %s", c.base, path, answer.Status, strings.TrimSpace(string(text)))
	}
	return text, err
}

func certificateRequest(key crypto.Signer) ([]byte, error) {
	der, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{}, key)
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE REQUEST", Bytes: der}), nil
}
