import type { KubeletConfig } from '../../config/k3s/kubelet.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';

/** What the kubelet of each node may hold. */
export interface Kubelet {
  readonly maxPods: number;
  /** Per cent of the disk. */
  readonly imageGc: { readonly high: number; readonly low: number };
}

/** The kubelet's own defaults. Source: kubernetes, pkg/kubelet/apis/config/v1beta1/defaults.go. */
const defaultKubelet: Kubelet = { maxPods: 110, imageGc: { high: 85, low: 80 } };

export function resolveKubelet({ maxPods, imageGc }: KubeletConfig = {}): Kubelet {
  return {
    maxPods: maxPods ?? defaultKubelet.maxPods,
    imageGc: {
      high: imageGc?.high ?? defaultKubelet.imageGc.high,
      low: imageGc?.low ?? defaultKubelet.imageGc.low,
    },
  };
}

/** Only what differs from the kubelet's own default is written. */
export function kubeletArguments({ maxPods, imageGc }: Kubelet): string[] {
  return [
    ...(maxPods === defaultKubelet.maxPods ? [] : [`max-pods=${maxPods}`]),
    ...(imageGc.high === defaultKubelet.imageGc.high ? [] : [`image-gc-high-threshold=${imageGc.high}`]),
    ...(imageGc.low === defaultKubelet.imageGc.low ? [] : [`image-gc-low-threshold=${imageGc.low}`]),
  ];
}

/** Reports what the kubelet refuses to start with. */
export function diagnoseKubelet({ imageGc: { high, low } }: Kubelet): Diagnostic[] {
  return low < high ? [] : [report('resolve/image-gc-order', ['k3s', 'kubelet', 'imageGc'], { high, low })];
}
