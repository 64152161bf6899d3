package main

import (
	"crypto/sha256"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestPartsAreKnownByTheirNames(t *testing.T) {
	digest := "@sha256:" + strings.Repeat("ab", 32)
	for image, name := range map[string]string{
		"ghcr.io/openfaas/gateway:0.27.13":             "gateway",
		"ghcr.io/openfaas/gateway:0.27.13" + digest:    "gateway",
		"ghcr.io/openfaas/faas-netes" + digest:         "faas-netes",
		"mirror.example.fi:5000/a/queue-worker:0.14.2": "queue-worker",
		"mirror.example.fi:5000/curl":                  "curl",
		"rancher/mirrored-pause:3.6":                   "pause",
		"rancher/mirrored-coredns-coredns:1.14.0":      "coredns",
		"ghcr.io/openfaas/figlet:0.3.0":                "",
		"ghcr.io/openfaasltd/gateway:0.5.20":           "",
	} {
		found, err := partOf(image)
		if found.name != name || (err == nil) != (name != "") {
			t.Errorf("%s is %q, %v", image, found.name, err)
		}
	}
}

func TestCommandsOfFunctionsAreLinks(t *testing.T) {
	one, err := functionPart([]string{"a:1", "b:1=/bin/node", "c=./server", "d=python3", "a:1=fwatchdog"})
	if err != nil {
		t.Fatal(err)
	}
	if wanted := []string{"a:1", "b:1", "c", "d"}; !slices.Equal(one.tags, wanted) {
		t.Errorf("tags: %v", one.tags)
	}
	if wanted := []string{"/bin/node", "/home/app/server", "/usr/local/bin/python3"}; !slices.Equal(one.links, wanted) {
		t.Errorf("links: %v", one.links)
	}
}

func TestTheSameBytesEachTime(t *testing.T) {
	directory := t.TempDir()
	program := filepath.Join(directory, "function")
	if err := os.WriteFile(program, []byte("a program"), 0o755); err != nil {
		t.Fatal(err)
	}
	var sums [2][32]byte
	for at := range sums {
		one, _ := functionPart([]string{"b:1=/x", "a:1"})
		files, err := one.files(places{bin: directory})
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(directory, "function.tar")
		if err := write(to, one.tags, one.config, files); err != nil {
			t.Fatal(err)
		}
		content, err := os.ReadFile(to)
		if err != nil {
			t.Fatal(err)
		}
		sums[at] = sha256.Sum256(content)
	}
	if sums[0] != sums[1] {
		t.Error("two archives of the same differ")
	}
}
