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
  const status = (...detailStatus: object[]) => ({
    cmd: 'getTaskStatus',
    printStatus: [{ taskID: 't', detailStatus }],
  })
  /** The one task that is waited for, and its one document. */
  const waybillOf = (task: string) => (task === 't' ? 'd' : undefined)
  const notNamed = 'the print component does not say that this label is out'
  const says = (kind: string) => [{ about: 't', says: { kind } }]

  it.each([
    [{ cmd: 'print', requestID: 't', status: 'success' }, says('accepted')],
    [
      { cmd: 'print', requestID: 'r', taskID: 't', status: 'failed', msg: ' 模板\n错误\u0007 ' },
      failed('none', '模板 错误'),
    ],
    [result('rendered'), says('rendered')],
    [result('rendered', { status: 'failed', msg: '渲染失败' }), failed('none', '渲染失败')],
    [result('rendered', { documentID: 'other', status: 'failed' }), says('rendered')],
    [result('printed'), says('printed')],
    [{ ...result('printed'), printStatus: [] }, failed('maybe', notNamed)],
    [{ ...result('printed'), printStatus: undefined }, failed('maybe', notNamed)],
    [result('printed', { documentID: 'other', status: 'success' }), failed('maybe', notNamed)],
    [result('printed', { documentID: 'other', status: 'failed' }), failed('maybe', notNamed)],
    [result('printed', { status: 'pending' }), failed('maybe', notNamed)],
    [result('failed', { documentID: 'other', status: 'failed', msg: '缺纸' }), failed('ifRendered', '缺纸')],
    [result('printed', { status: 'canceled', detail: '已取消' }), failed('maybe', '已取消')],
    [result('printed', { status: 'success', failCount: 1 }), failed('maybe', 'the component gave no reason')],
    [result('failed', { status: 'failed', msg: '缺纸' }), failed('ifRendered', '缺纸')],
    [result('anything else'), []],
    [{ ...result('printed'), taskID: undefined }, []],
    [status({ documentID: 'd', status: 'success' }), says('taken')],
    [status({ documentID: 'other', status: 'success' }), []],
    [status({ documentID: 'other', status: 'failed' }), []],
    [status({ status: 'success' }), []],
    [status({ documentID: 'd', status: 'pending' }), []],
    [status(), []],
    [status({ documentID: 'd', status: 'failed', msg: 'x' }), failed('maybe', 'x')],
  ])('of Cainiao: %j', (message, understood) => {
    expect(cainiao.read(message, waybillOf)).toEqual(understood)
  })

  it('of Pinduoduo: found by the task, since the request is not named', () => {
    const told = { ...result('printed'), cmd: 'PrintResultNotify', requestID: undefined, firstFailedDocSN: 0 }
    expect(pinduoduo.read(told, waybillOf)).toEqual(says('printed'))
    expect(pinduoduo.read({ ...told, taskStatus: 'failed' }, waybillOf)).toMatchObject(
      failed('maybe', 'the component gave no reason'),
    )
    expect(pinduoduo.read({ ...told, cmd: 'notifyPrintResult' }, waybillOf)).toEqual([])
  })

  it('of Kuaishou: a word that ends with a blank, and a task of which a part is out', () => {
    expect(kuaishou.read(result('failed ', { status: 'failed', msg: 'x' }), waybillOf)).toEqual(
      failed('maybe', 'x'),
    )
    expect(kuaishou.read(result('partPrinted', { msg: 'x' }), waybillOf)).toEqual(failed('maybe', 'x'))
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
    expect(jd.read({ key: 't', code: '2', ...message }, waybillOf)).toEqual(understood)
  })
})
