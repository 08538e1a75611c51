import koffi from 'koffi'

const libc = koffi.load('libc.so.6')
const call = libc.func('int ioctl(int fd, unsigned long request, ...)')

/** ioctl(2) with a number; throws with errno when the kernel refuses. */
export function ioctl(fd: number, request: number, value: number): number {
  return checked(request, call(fd, request, 'long', value) as number)
}

/** ioctl(2) with a structure, which the kernel may fill. */
export function ioctlWith(fd: number, request: number, structure: Buffer): number {
  return checked(request, call(fd, request, 'uint8_t *', structure) as number)
}

function checked(request: number, result: number): number {
  if (result < 0) throw new Error(`ioctl 0x${request.toString(16)} failed, errno ${koffi.errno()}`)
  return result
}
