import { describe, expect, it } from 'vitest'
import { fileWith, readOrders } from '#test/unit/orders-import/read.ts'

// Header lines as published exports have them; every value is made up.
const taobao2017 =
  '订单编号,买家会员名,买家支付宝账号,买家应付货款,买家应付邮费,买家支付积分,总金额,返点积分,买家实际支付金额,买家实际支付积分,订单状态,买家留言,收货人姓名,收货地址 ,运送方式,联系电话 ,联系手机,订单创建时间,订单付款时间 ,宝贝标题 ,宝贝种类 ,物流单号 ,物流公司,订单备注,宝贝总数量,店铺Id,店铺名称,订单关闭原因,卖家服务费,买家服务费,发票抬头,是否手机订单,分阶段订单信息,特权订金订单id,是否上传合同照片,是否上传小票,是否代付,定金排名,修改后的sku,修改后的收货地址,异常信息,天猫卡券抵扣,集分宝抵扣,是否是O2O交易,退款金额,预约门店'
const taobao2018 = taobao2017
  .replaceAll(' ', '')
  .replace('买家支付宝账号', '买家支付宝账号,支付单号,支付详情')
  .replace(
    '是否是O2O交易',
    '是否是O2O交易,新零售交易类型,新零售导购门店名称,新零售导购门店id,新零售发货门店名称,新零售发货门店id',
  )
  .concat(',确认收货时间,打款商家金额,含应开票给个人的个人红包')
const details = '订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,订单状态,商家编码'
const detailsNew =
  '主订单编号,子订单编号,商品标题,商品价格,购买数量,商品属性,商家编码,外部系统编号,订单状态,退款状态,物流单号,订单创建时间,订单付款时间,买家应付货款,买家实付金额'
const pinduoduo =
  '订单成交时间,商品,订单号,订单状态,商品总价(元),邮费(元),店铺优惠折扣(元),平台优惠折扣(元),多多支付立减金额(元),用户实付金额(元),商家实收金额(元),商品数量(件),发货时间,确认收货时间,商品id,商品规格,样式ID,商家编码-规格维度,商家编码-商品维度,商家备注,售后状态,快递单号,快递公司'
const pinduoduoFull = `${pinduoduo},承诺发货时间,买家留言,是否顺丰加价,省,市,区,街道/镇,是否审核中, 用户购买手机号`
const douyin =
  '主订单编号,子订单编号,选购商品,商品规格,商品数量,商品ID,商家编码,商品单价,订单应付金额,运费,优惠总金额,收件人,收件人手机号,省,市,区,街道,详细地址,是否修改过地址,买家留言,订单提交时间,旗帜颜色,商家备注,订单完成时间,支付完成时间,APP渠道,流量来源,订单状态,承诺发货时间,订单类型,售后状态,取消原因,快递信息'
const jd =
  '订单号,商品ID,商品名称,订购数量,支付方式,下单时间,京东价,订单金额,结算金额,余额支付,应付金额,订单状态,订单类型,下单帐号,客户姓名,客户地址,联系电话,订单备注,发票类型,发票抬头,发票内容,商家备注,商家备注等级（等级1-5为由高到低）,运费金额,付款确认时间,增值税发票,货号,订单完成时间,订单来源,订单渠道'
const shopify =
  'Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Shipping Name,Shipping Street,Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,Cancelled at,Refunded Amount,Vendor,Id,Tags,Risk Level,Source'
const amazon =
  'order-id,order-item-id,purchase-date,payments-date,reporting-date,promise-date,days-past-promise,buyer-email,buyer-name,buyer-phone-number,sku,product-name,quantity-purchased,quantity-shipped,quantity-to-ship,ship-service-level,recipient-name,ship-address-1,ship-address-2,ship-address-3,ship-city,ship-state,ship-postal-code,ship-country'
const ebay =
  'Sales Record Number,Order Number,Buyer Username,Buyer Name,Buyer Email,Buyer Note,Buyer Address 1,Ship To Name,Ship To Phone,Ship To Address 1,Ship To Address 2,Ship To City,Ship To State,Ship To Zip,Ship To Country,Item Number,Item Title,Custom Label,Sold Via Promoted Listings,Quantity,Sold For,Shipping And Handling,Total Price,Payment Method,Sale Date,Paid On Date,Ship By Date,Shipped On Date,My Item Note,Shipping Service,Tracking Number,Transaction ID,Variation Details'

const text = (value: string) => `="${value}"`

describe('Taobao and Tmall', () => {
  const heads = (headers: string, addressHeader: string, paidHeader: string) =>
    fileWith(headers, [
      {
        订单编号: text('35153131473293579'),
        买家实际支付金额: '59.80',
        订单状态: '买家已付款，等待卖家发货',
        买家留言: text(''),
        收货人姓名: '林**',
        [addressHeader]: '浙江省 杭州市 西湖区 示例路1号',
        联系手机: "'13000000001",
        订单创建时间: '2026-09-01 09:00:00',
        [paidHeader]: '2026-09-01 09:12:30',
        退款金额: '0.00',
        修改后的收货地址: '',
        宝贝总数量: '3',
      },
      {
        订单编号: text('35153131473293580'),
        订单状态: '买家已付款,等待卖家发货',
        收货人姓名: '何',
        宝贝总数量: '1',
      },
      { 订单编号: text('35153131473293581'), 订单状态: '交易关闭', 收货人姓名: '何', 宝贝总数量: '1' },
    ])
  const lines = fileWith(details, [
    {
      订单编号: text('35153131473293579'),
      标题: '马克杯',
      购买数量: '2',
      商家编码: text('CUP-RED'),
      商品属性: '颜色:红',
      订单状态: '买家已付款，等待卖家发货',
    },
    { 订单编号: text('35153131473293579'), 标题: '绿茶', 购买数量: '1', 外部系统编号: 'TEA' },
  ])

  it.each([
    ['2017', heads(taobao2017, '收货地址 ', '订单付款时间 ')],
    ['2018', heads(taobao2018, '收货地址', '订单付款时间')],
  ])('joins the order file of %s with its details, whichever comes first', (_, orders) => {
    for (const input of [
      [orders, lines],
      [lines, orders],
    ]) {
      const read = readOrders(input)
      expect([...read.presets].sort()).toEqual(['taobaoDetails', 'taobaoOrders'])
      expect(read.rejections).toEqual([])
      const order = read.orders.find(({ number }) => number === '35153131473293579')
      expect(order).toMatchObject({
        status: 'toShip',
        stop: null,
        buyerNote: null,
        createdAt: '2026-09-01T01:00:00.000Z',
        paidAt: '2026-09-01T01:12:30.000Z',
        amountMinor: 5980,
        currency: 'CNY',
        receiver: {
          name: '林**',
          phone: '13000000001',
          address: '浙江省 杭州市 西湖区 示例路1号',
          masked: true,
        },
        lines: [
          { sku: 'CUP-RED', title: '马克杯', spec: '颜色:红', quantity: 2, status: 'toShip' },
          { sku: 'TEA', quantity: 1 },
        ],
      })
      expect(read.orders.map(({ number }) => number)).not.toContain('35153131473293580')
      expect(read.incomplete.map(({ number }) => number)).toEqual(['35153131473293580'])
      expect(read.problems).toMatchObject([{ code: 'linesMissing', number: '35153131473293580' }])
      expect(read.orders.find(({ number }) => number === '35153131473293581')?.status).toBe('closed')
    }
  })

  it('reads the newer detail file with refunds of single lines, and says that the order file is missing', () => {
    const read = readOrders([
      fileWith(detailsNew, [
        {
          主订单编号: '41',
          子订单编号: '411',
          商品标题: '杯',
          购买数量: '1',
          商家编码: 'CUP',
          订单状态: '买家已付款,等待卖家发货',
          退款状态: '没有申请退款',
        },
        {
          主订单编号: '41',
          子订单编号: '412',
          商品标题: '茶',
          购买数量: '1',
          商家编码: 'TEA',
          订单状态: '买家已付款,等待卖家发货',
          退款状态: '买家已经申请退款，等待卖家同意',
        },
      ]),
    ])
    expect(read.presets).toEqual(['taobaoDetails'])
    expect(read.problems).toMatchObject([{ code: 'headMissing', number: '41' }])
    expect(read.incomplete[0]).toMatchObject({
      status: 'toShip',
      stop: { kind: 'refund', words: '买家已经申请退款，等待卖家同意' },
      lines: [{ externalId: '411', refundStatus: null }, { externalId: '412' }],
    })
  })

  it('ships to the changed address, and stops for a refund or a remark of the platform', () => {
    const row = { 订单状态: '买家已付款,等待卖家发货', 收货人姓名: '何', 收货地址: '旧地址' }
    const read = readOrders([
      fileWith(taobao2018, [
        { ...row, 订单编号: '1', 修改后的收货地址: '新地址' },
        { ...row, 订单编号: '2', 退款金额: '12.50' },
        { ...row, 订单编号: '3', 异常信息: '风控审核中' },
      ]),
    ])
    expect(read.incomplete.map(({ receiver }) => receiver?.address)).toEqual(['新地址', '旧地址', '旧地址'])
    expect(read.incomplete.map(({ stop }) => stop)).toEqual([
      null,
      { kind: 'refund', words: '退款金额 12.50' },
      { kind: 'risk', words: '风控审核中' },
    ])
  })
})

describe('Pinduoduo', () => {
  const row = {
    订单号: '260901-000000000000001\t',
    商品: '马克杯\t',
    '商品数量(件)': '1,000\t',
    '商家编码-规格维度': 'CUP\t',
    商品规格: '红\t',
  }

  it.each([
    ['待发货', '无售后或售后取消', 'toShip', null],
    ['已发货，待收货', '无售后或售后取消', 'shipped', null],
    ['待发货', '退款中', 'toShip', { kind: 'refund', words: '退款中' }],
    ['未发货，退款成功', '退款成功', 'closed', { kind: 'refund', words: '未发货，退款成功' }],
    ['已取消', '', 'cancelled', null],
    ['没听说过', '', 'other', null],
  ])('%s, %s', (status, refund, expected, stop) => {
    const read = readOrders([
      fileWith(pinduoduo, [
        { ...row, 订单状态: `${status}\t`, 售后状态: `${refund}\t`, '商家实收金额(元)': '1,234.50\t' },
      ]),
    ])
    expect(read.presets).toEqual(['pinduoduo'])
    expect(read.orders[0]).toMatchObject({
      number: '260901-000000000000001',
      status: expected,
      stop,
      createdAt: null,
      amountMinor: 123_450,
      receiver: null,
      lines: [{ sku: 'CUP', title: '马克杯', spec: '红', quantity: 1000 }],
    })
  })

  it('reads deadlines, the courier upgrade and an audit, in a file with more columns', () => {
    const read = readOrders([
      fileWith(pinduoduoFull, [
        {
          ...row,
          订单状态: '待发货',
          承诺发货时间: '2026-09-03 09:00:00',
          是否顺丰加价: '是',
          是否审核中: '是',
          省: '浙江省',
          市: '杭州市',
        },
      ]),
    ])
    expect(read.orders[0]).toMatchObject({
      shipBy: '2026-09-03T01:00:00.000Z',
      courier: '顺丰',
      stop: { kind: 'risk', words: '是否审核中' },
      receiver: { address: '浙江省杭州市' },
    })
  })

  it('takes a repeated row once and reports two that differ', () => {
    const read = readOrders([
      fileWith(pinduoduo, [row, row, { ...row, 订单号: '2' }, { ...row, 订单号: '2', '商品数量(件)': '2' }]),
    ])
    expect(read.orders.map(({ number, lines }) => [number, lines.length])).toEqual([
      ['260901-000000000000001', 1],
    ])
    expect(read.problems.map(({ code, blocking }) => [code, blocking])).toEqual([
      ['duplicate', false],
      ['lineConflict', true],
    ])
  })
})

describe('Douyin', () => {
  it('puts sub orders together, packs what is still open, and keeps each deadline', () => {
    const row = {
      主订单编号: '\t6918',
      收件人: '\t林**',
      省: '\t浙江省',
      市: '\t杭州市',
      详细地址: '\t示例路**',
      售后状态: '\t-',
    }
    const read = readOrders([
      fileWith(douyin, [
        {
          ...row,
          子订单编号: '\t69181',
          选购商品: '\t杯',
          商品数量: '\t1',
          商家编码: '\tCUP',
          订单应付金额: '10.00',
          订单状态: '\t待发货',
          承诺发货时间: '\t2026/09/03 09:00',
        },
        {
          ...row,
          子订单编号: '\t69182',
          选购商品: '\t茶',
          商品数量: '\t2',
          商家编码: '\tTEA',
          订单应付金额: '5.50',
          订单状态: '\t已发货',
          承诺发货时间: '\t2026/09/02 09:00',
          快递信息: 'SF1234567890-顺丰速运,茶',
        },
        {
          ...row,
          子订单编号: '\t69183',
          选购商品: '\t袜',
          商品数量: '\t1',
          商家编码: '\tSOCK',
          订单应付金额: '1.00',
          订单状态: '\t待发货',
          承诺发货时间: '\t2026/09/04 09:00',
          售后状态: '\t待商家处理',
        },
      ]),
    ])
    expect(read.presets).toEqual(['douyin'])
    expect(read.problems).toEqual([])
    expect(read.orders).toMatchObject([
      {
        number: '6918',
        status: 'toShip',
        stop: { kind: 'refund', words: '待商家处理' },
        shipBy: '2026-09-03T01:00:00.000Z',
        amountMinor: 1650,
        waybill: 'SF1234567890',
        receiver: { name: '林**', address: '浙江省杭州市示例路**', masked: true },
        lines: [
          { externalId: '69181', sku: 'CUP' },
          { externalId: '69183', refundStatus: '待商家处理' },
        ],
        settledLines: [{ externalId: '69182', quantity: 2 }],
      },
    ])
  })

  it('reports one sub order with two contents, and every row that is left out with it', () => {
    const row = {
      主订单编号: '1',
      子订单编号: '11',
      选购商品: '杯',
      商家编码: 'CUP',
      订单状态: '待发货',
      承诺发货时间: '',
    }
    const read = readOrders([
      fileWith(douyin, [
        { ...row, 商品数量: '1' },
        { ...row, 商品数量: '2' },
      ]),
    ])
    expect(read.orders).toEqual([])
    expect(read.problems).toMatchObject([
      {
        code: 'lineConflict',
        blocking: true,
        rows: [
          { file: 0, row: 3 },
          { file: 0, row: 2 },
        ],
      },
    ])
  })
})

describe('JD', () => {
  it('reads a row per SKU with the order repeated, and its locked orders', () => {
    const row = {
      订单号: '300001',
      下单时间: '2026-09-01 08:00:00',
      订单金额: '88.00',
      客户姓名: '林',
      客户地址: '北京市海淀区测试路1号',
      联系电话: '13000000001',
    }
    const read = readOrders([
      fileWith(jd, [
        { ...row, 订单状态: '等待出库', 商品ID: '100', 商品名称: '杯', 订购数量: '2', 货号: 'CUP' },
        { ...row, 订单状态: '等待出库', 商品ID: '101', 商品名称: '茶', 订购数量: '1', 货号: '' },
        { ...row, 订单号: '300002', 订单状态: '(锁定)等待出库', 商品ID: '100', 订购数量: '1', 货号: 'CUP' },
      ]),
    ])
    expect(read.presets).toEqual(['jd'])
    expect(read.orders).toMatchObject([
      {
        number: '300001',
        status: 'toShip',
        amountMinor: 8800,
        lines: [
          { sku: 'CUP', productId: '100', quantity: 2 },
          { sku: null, productId: '101' },
        ],
      },
      { number: '300002', status: 'toShip', stop: { kind: 'cancel', words: '(锁定)等待出库' } },
    ])
  })
})

describe('Shopify', () => {
  const first = {
    Name: '#1001',
    'Financial Status': 'paid',
    'Fulfillment Status': 'unfulfilled',
    Currency: 'EUR',
    Total: '45.50',
    'Created at': '2026-09-01 10:00:00 +0900',
    'Paid at': '2026-09-01 10:00:05 +0900',
    'Shipping Name': 'Ann Example',
    'Shipping Address1': '1 Sample Street',
    'Shipping City': 'Berlin',
    'Shipping Zip': "'10115",
    'Shipping Country': 'DE',
    'Lineitem quantity': '2',
    'Lineitem name': 'Mug - Red',
    'Lineitem sku': 'CUP-RED',
    'Lineitem requires shipping': 'true',
    'Lineitem fulfillment status': 'pending',
    'Risk Level': 'Low',
    'Refunded Amount': '0.00',
  }
  const more = { Name: '#1001', 'Lineitem quantity': '1', 'Lineitem requires shipping': 'true' }

  it('reads further lines that carry only the name, and leaves out what is not shipped', () => {
    const read = readOrders([
      fileWith(shopify, [
        first,
        { ...more, 'Lineitem name': 'Tea', 'Lineitem sku': 'TEA' },
        {
          ...more,
          'Lineitem name': 'Gift card',
          'Lineitem sku': 'GIFT',
          'Lineitem requires shipping': 'false',
        },
        {
          ...more,
          'Lineitem name': 'Sent',
          'Lineitem sku': 'SENT',
          'Lineitem fulfillment status': 'fulfilled',
        },
      ]),
    ])
    expect(read.presets).toEqual(['shopify'])
    expect(read.orders).toMatchObject([
      {
        number: '#1001',
        status: 'toShip',
        stop: null,
        createdAt: '2026-09-01T01:00:00.000Z',
        currency: 'EUR',
        amountMinor: 4550,
        receiver: { name: 'Ann Example', address: '1 Sample Street, Berlin, 10115, DE' },
        lines: [
          { sku: 'CUP-RED', quantity: 2 },
          { sku: 'TEA', quantity: 1 },
        ],
        settledLines: [{ sku: 'GIFT' }, { sku: 'SENT' }],
      },
    ])
  })

  it.each([
    [{ 'Cancelled at': '2026-09-01 11:00:00 +0900' }, 'cancelled', null],
    [{ 'Financial Status': 'pending' }, 'unpaid', null],
    [{ 'Fulfillment Status': 'fulfilled' }, 'shipped', null],
    [
      { 'Financial Status': 'partially_refunded', 'Refunded Amount': '5.00' },
      'toShip',
      { kind: 'refund', words: 'partially_refunded' },
    ],
    [{ 'Risk Level': 'High' }, 'toShip', { kind: 'risk', words: 'High' }],
  ])('%j', (change, status, stop) => {
    expect(readOrders([fileWith(shopify, [{ ...first, ...change }])]).orders[0]).toMatchObject({
      status,
      stop,
    })
  })
})

describe('Amazon', () => {
  it('packs the quantity to ship by the promised time', () => {
    const row = {
      'order-id': '250-0000001-0000001',
      'purchase-date': '2026-09-01T01:00:00+00:00',
      'promise-date': '2026-09-03T14:59:59+00:00',
      'recipient-name': 'Ann',
      'ship-address-1': '1 Sample St',
      'ship-city': 'Tokyo',
      'ship-country': 'JP',
      'ship-service-level': 'Standard',
    }
    const read = readOrders([
      fileWith(amazon, [
        {
          ...row,
          'order-item-id': '1',
          sku: 'CUP',
          'product-name': '"Best" Mug',
          'quantity-purchased': '3',
          'quantity-to-ship': '2',
        },
        {
          ...row,
          'order-item-id': '2',
          sku: 'TEA',
          'product-name': 'Tea',
          'quantity-purchased': '1',
          'quantity-to-ship': '1',
        },
        // Shipped before: nothing of it is left to pack.
        { ...row, 'order-item-id': '3', sku: 'RED', 'quantity-purchased': '2', 'quantity-to-ship': '0' },
      ]),
    ])
    expect(read.rejections).toEqual([])
    expect(read.orders[0]?.lines).toHaveLength(2)
    expect(read.presets).toEqual(['amazon'])
    expect(read.orders).toMatchObject([
      {
        status: 'toShip',
        shipBy: '2026-09-03T14:59:59.000Z',
        courier: 'Standard',
        amountMinor: null,
        lines: [{ externalId: '1', sku: 'CUP', title: '"Best" Mug', quantity: 2 }, { externalId: '2' }],
      },
    ])
  })
})

describe('eBay', () => {
  it('never mixes the address to ship to with the buyer’s', () => {
    const both = `${ebay},Buyer Address 2,Buyer City,Buyer State,Buyer Zip,Buyer Country`
    const [headers = [], ...rows] = fileWith(both, [
      {
        'Order Number': '01-00009-00009',
        'Item Number': '2200',
        'Item Title': 'Mug',
        Quantity: '1',
        'Paid On Date': 'Sep-01-26',
        'Ship To Name': 'Ann Gift',
        'Ship To Address 1': '1 Gift Rd',
        'Ship To City': 'Giftville',
        'Ship To Zip': 'SW1',
        'Ship To Country': 'United Kingdom',
        'Buyer Address 1': '9 Own St',
        'Buyer Address 2': 'APT 77',
        'Buyer State': 'NY',
        'Buyer Zip': '10001',
      },
    ])
    const read = readOrders([[headers, ...rows]], { zone: 'America/New_York' })
    expect(read.orders[0]?.receiver?.address).toBe('1 Gift Rd, Giftville, SW1, United Kingdom')
  })

  it('finds the headers below bare commas, reads its dates and money, and skips the trailer', () => {
    const row = {
      'Buyer Username': 'ann',
      'Ship To Name': 'Ann',
      'Ship To Address 1': '1 Sample St',
      'Sale Date': 'Sep-01-26',
      'Paid On Date': 'Sep-01-26',
      'Ship By Date': 'Sep-03-26',
    }
    const [headers = [], ...rows] = fileWith(ebay, [
      {},
      {
        ...row,
        'Order Number': '01-00001-00001',
        'Sales Record Number': '11',
        'Item Number': '2200',
        'Item Title': 'Mug',
        'Custom Label': 'CUP',
        Quantity: '1',
        'Total Price': '$1,025.00',
        'Transaction ID': '7001',
      },
      { ...row, 'Order Number': '01-00002-00002', 'Total Price': '£9.00' },
      {
        'Order Number': '01-00002-00002',
        'Item Number': '2201',
        'Item Title': 'Tea',
        Quantity: '2',
        'Paid On Date': 'Sep-01-26',
      },
      { ...row, 'Order Number': '01-00003-00003', 'Item Number': '2201', Quantity: '1', 'Paid On Date': '' },
      {
        ...row,
        'Order Number': '01-00004-00004',
        'Item Number': '2201',
        Quantity: '1',
        'Shipped On Date': 'Sep-02-26',
      },
    ])
    const read = readOrders(
      [[headers.map(() => ''), headers, ...rows, ['3', 'record(s) downloaded', ''], ['Seller ID : someone']]],
      { zone: 'America/New_York' },
    )
    expect(read.presets).toEqual(['ebay'])
    expect(read.rejections).toEqual([])
    expect(read.orders).toMatchObject([
      {
        number: '01-00001-00001',
        status: 'toShip',
        createdAt: '2026-09-01T04:00:00.000Z',
        shipBy: '2026-09-04T03:59:59.000Z',
        currency: 'USD',
        amountMinor: 102_500,
        lines: [{ externalId: '7001', sku: 'CUP' }],
        sourceRows: [{ file: 0, row: 4 }],
      },
      {
        number: '01-00002-00002',
        currency: 'GBP',
        amountMinor: 900,
        lines: [{ productId: '2201', quantity: 2 }],
      },
      { number: '01-00003-00003', status: 'unpaid' },
      { number: '01-00004-00004', status: 'shipped' },
    ])
  })
})
