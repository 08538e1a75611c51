import { describe, expect, it } from 'vitest'
import { cainiao } from '#electron/devices/print-components/cainiao.ts'
import { douyin } from '#electron/devices/print-components/douyin.ts'
import { jd } from '#electron/devices/print-components/jd.ts'
import { kuaishou } from '#electron/devices/print-components/kuaishou.ts'
import { pinduoduo } from '#electron/devices/print-components/pinduoduo.ts'
import { componentTask } from '#test/support/component-tasks.ts'

const custom = { templateURL: 'https://templates.example/custom/7' }
const customData = { lines: 'KD-014 ×2' }

describe('a task, as it is written', () => {
  it('for Cainiao: one document, the waybill as it came, and what is to be told', () => {
    const task = componentTask('cainiao', 't1')
    expect(cainiao.askPrint(task)).toEqual({
      ok: true,
      message: {
        cmd: 'print',
        requestID: 't1',
        version: '1.0',
        task: {
          taskID: 't1',
          preview: false,
          printer: '面单机',
          notifyType: ['render', 'print'],
          documents: [
            {
              documentID: 'WB-t1',
              contents: [task.printData, { data: customData, ...custom }],
            },
          ],
        },
      },
    })
  })

  it('for Douyin: with a fresh token in the waybill, and not at all without', () => {
    const { params, ...stale } = componentTask('douyin', 't1')
    expect(douyin.askPrint({ ...stale, params: params ?? '' })).toMatchObject({
      ok: true,
      message: {
        task: { documents: [{ contents: [{ params, signature: 'MD:9a=' }, { data: customData }] }] },
      },
    })
    for (const none of [stale, { ...stale, params: ' ' }])
      expect(douyin.askPrint(none)).toEqual({ ok: false, reason: 'noFreshParams' })
  })

  it('for Kuaishou: with its own names', () => {
    expect(kuaishou.askPrint(componentTask('kuaishou', 't1'))).toMatchObject({
      message: {
        task: {
          documents: [{ waybillCode: 'WB-t1', ksOrderFlag: true, contents: [{}, { customData, ...custom }] }],
        },
      },
    })
  })

  it('for JD: the template and the sealed text', () => {
    expect(jd.askPrint(componentTask('jd', 't1'))).toEqual({
      ok: true,
      message: {
        key: 't1',
        orderType: 'PRINT',
        version: '2',
        parameters: {
          printName: '面单机',
          contents: [
            {
              tempUrl: 'https://templates.example/101/2',
              printData: 'sealed text',
              customTempUrl: custom.templateURL,
              customData,
            },
          ],
        },
      },
    })
  })

  it.each([cainiao, pinduoduo, douyin, kuaishou, jd])('not without a template', (platform) => {
    const task = { ...componentTask('douyin', 't1'), printData: { encryptedData: 'x', printData: 'x' } }
    expect(platform.askPrint(task)).toMatchObject({ ok: false })
  })
})

describe('an answer, as it is understood', () => {
  const result = (taskStatus: string, document: object = { status: 'success' }) => ({
    cmd: 'notifyPrintResult',
    requestID: 'r',
    taskID: 't',
    taskStatus,
    printStatus: [{ documentID: 'd', ...document }],
  })
  const failed = (paper: string, reason: string) => [{ about: 't', says: { kind: 'failed', paper, reason } }]
  const says = (kind: string) => [{ about: 't', says: { kind } }]

  it.each([
    [{ cmd: 'print', requestID: 't', status: 'success' }, says('accepted')],
    [
      { cmd: 'print', requestID: 'r', taskID: 't', status: 'failed', msg: ' 模板\n错误\u0007 ' },
      failed('none', '模板 错误'),
    ],
    [result('rendered'), says('rendered')],
    [result('rendered', { status: 'failed', msg: '渲染失败' }), failed('none', '渲染失败')],
    [result('printed'), says('printed')],
    [result('printed', { status: 'canceled', detail: '已取消' }), failed('maybe', '已取消')],
    [result('printed', { status: 'success', failCount: 1 }), failed('maybe', 'the component gave no reason')],
    [result('failed', { status: 'failed', msg: '缺纸' }), failed('ifRendered', '缺纸')],
    [result('anything else'), []],
    [{ ...result('printed'), taskID: undefined }, []],
    [
      { cmd: 'getTaskStatus', printStatus: [{ taskID: 't', detailStatus: [{ status: 'success' }] }] },
      says('printed'),
    ],
    [{ cmd: 'getTaskStatus', printStatus: [{ taskID: 't', detailStatus: [{ status: 'pending' }] }] }, []],
    [{ cmd: 'getTaskStatus', printStatus: [{ taskID: 't', detailStatus: [] }] }, []],
    [
      {
        cmd: 'getTaskStatus',
        printStatus: [{ taskID: 't', detailStatus: [{ status: 'failed', msg: 'x' }] }],
      },
      failed('maybe', 'x'),
    ],
  ])('of Cainiao: %j', (message, understood) => {
    expect(cainiao.read(message)).toEqual(understood)
  })

  it('of Pinduoduo: found by the task, since the request is not named', () => {
    const told = { cmd: 'PrintResultNotify', taskID: 't', taskStatus: 'printed', firstFailedDocSN: 0 }
    expect(pinduoduo.read(told)).toEqual(says('printed'))
    expect(pinduoduo.read({ ...told, taskStatus: 'failed' })).toMatchObject(
      failed('maybe', 'the component gave no reason'),
    )
    expect(pinduoduo.read({ ...told, cmd: 'notifyPrintResult' })).toEqual([])
  })

  it('of Kuaishou: a word that ends with a blank, and a task of which a part is out', () => {
    expect(kuaishou.read(result('failed ', { status: 'failed', msg: 'x' }))).toEqual(failed('maybe', 'x'))
    expect(kuaishou.read(result('partPrinted', { msg: 'x' }))).toEqual(failed('maybe', 'x'))
  })

  it.each([
    [{ success: 'true', status: '500' }, says('taken')],
    [{ success: true, status: 500 }, says('taken')],
    [{ success: 'false', status: '502', message: '数据有误' }, failed('none', '数据有误')],
    [{ success: 'false', status: '503', message: 'x' }, failed('none', 'x')],
    [{ success: 'false', status: '500', message: 'x' }, failed('maybe', 'x')],
    [{ success: 'true', status: '502', message: 'x' }, failed('maybe', 'x')],
    [
      { success: 'true', status: '500', detailinfo: { errors: [{ seq: '1', msg: '打印机离线' }] } },
      failed('maybe', '打印机离线'),
    ],
    [{}, failed('maybe', 'the component gave no reason')],
  ])('of JD, where truth is text: %j', (message, understood) => {
    expect(jd.read({ key: 't', code: '2', ...message })).toEqual(understood)
  })
})
