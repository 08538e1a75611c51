/**
 * What runs in the guest: every check, one after the other, for the devices are shared. A plain programme and not
 * `node --test`, which keeps quiet about a file that breaks while it is loaded.
 */
import './checks/raw.ts'
import './checks/printers.ts'
import './checks/scanners.ts'
import './checks/scales.ts'
import './checks/finder.ts'
import './checks/bench.ts'
import './checks/weighing.ts'
