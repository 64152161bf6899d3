package main

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sort"
	"time"
)

// write makes a docker archive whose bytes follow from its content: no clock, no order of a map.
func write(to string, tags []string, config imageConfig, files tree) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	layer, err := os.CreateTemp(filepath.Dir(to), ".layer-*")
	if err != nil {
		return err
	}
	defer os.Remove(layer.Name())
	defer layer.Close()
	sum := sha256.New()
	if err := writeLayer(io.MultiWriter(layer, sum), files); err != nil {
		return err
	}
	digest := fmt.Sprintf("%x", sum.Sum(nil))
	described, err := json.Marshal(map[string]any{
		"architecture": runtime.GOARCH,
		"os":           "linux",
		"created":      "1970-01-01T00:00:00Z",
		"config":       config,
		"rootfs":       map[string]any{"type": "layers", "diff_ids": []string{"sha256:" + digest}},
		"history":      []map[string]string{{"created": "1970-01-01T00:00:00Z", "created_by": "fjord rehearsal"}},
	})
	if err != nil {
		return err
	}
	configName := fmt.Sprintf("%x.json", sha256.Sum256(described))
	manifest, err := json.Marshal([]map[string]any{
		{"Config": configName, "RepoTags": tags, "Layers": []string{digest + "/layer.tar"}},
	})
	if err != nil {
		return err
	}
	out, err := os.CreateTemp(filepath.Dir(to), ".archive-*")
	if err != nil {
		return err
	}
	defer os.Remove(out.Name())
	defer out.Close()
	archive := tar.NewWriter(out)
	size, err := layer.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	if _, err := layer.Seek(0, io.SeekStart); err != nil {
		return err
	}
	for _, one := range []struct {
		name    string
		size    int64
		content io.Reader
	}{
		{configName, int64(len(described)), bytes.NewReader(described)},
		{digest + "/layer.tar", size, layer},
		{"manifest.json", int64(len(manifest)), bytes.NewReader(manifest)},
	} {
		if err := archive.WriteHeader(&tar.Header{
			Name: one.name, Size: one.size, Mode: 0o644, ModTime: time.Unix(0, 0), Format: tar.FormatUSTAR,
		}); err != nil {
			return err
		}
		if _, err := io.Copy(archive, one.content); err != nil {
			return err
		}
	}
	if err := archive.Close(); err != nil {
		return err
	}
	if err := out.Chmod(0o644); err != nil {
		return err
	}
	return os.Rename(out.Name(), to)
}

func writeLayer(to io.Writer, files tree) error {
	layer := tar.NewWriter(to)
	paths := make([]string, 0, len(files))
	for at := range files {
		paths = append(paths, at)
	}
	sort.Strings(paths)
	for _, at := range paths {
		if err := writeEntry(layer, at[1:], files[at]); err != nil {
			return fmt.Errorf("%s: %w", at, err)
		}
	}
	return layer.Close()
}

func writeEntry(layer *tar.Writer, name string, one entry) error {
	header := &tar.Header{Name: name, Mode: one.mode, ModTime: time.Unix(0, 0), Typeflag: tar.TypeReg, Format: tar.FormatUSTAR}
	content := one.content
	switch {
	case one.directory:
		header.Typeflag, header.Name = tar.TypeDir, name+"/"
	case one.target != "":
		header.Typeflag, header.Linkname = tar.TypeSymlink, one.target
	case one.file != "":
		var err error
		if content, err = os.ReadFile(one.file); err != nil {
			return err
		}
	}
	header.Size = int64(len(content))
	if err := layer.WriteHeader(header); err != nil {
		return err
	}
	_, err := layer.Write(content)
	return err
}
