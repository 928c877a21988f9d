/** The thirty-four provinces and seventeen ministries of the demonstration country: their code, how much they do, and a few habits. */

/** A habit makes a unit recognisable on a wall: a Monday rush, a Saturday morning, a stack sent at closing time, a slow register. */
export type Habit = 'monday-rush' | 'saturday-morning' | 'closing-stack' | 'slow-register'

export interface Unit {
  /** Level-1 code, e.g. `H41` or `G03`; some systems speak its QCVN 102 form, see `longCode`. */
  readonly code: string
  readonly name: string
  readonly kind: 'province' | 'ministry'
  /** Documents received in a busy five minutes, roughly. */
  readonly size: number
  /** Bodies that could be on the document axis: communes and departments of a province, departments of a ministry. */
  readonly bodies: number
  readonly habit?: Habit
}

/** "H41" → "000.00.00.H41", the form of QCVN 102:2016/BTTTT. */
export const longCode = (unit: Unit): string => `000.00.00.${unit.code}`

const province = (code: string, name: string, size: number, communes: number, habit?: Habit): Unit => ({
  ...{ code, name, kind: 'province', size, bodies: communes + 14 },
  ...(habit && { habit }),
})
const ministry = (code: string, name: string, size: number, habit?: Habit): Unit => ({
  ...{ code, name, kind: 'ministry', size, bodies: 18 + size },
  ...(habit && { habit }),
})

/** Ministries that merged in 2025 go on with the code of the ministry whose name they carry. */
export const UNITS: readonly Unit[] = [
  province('H26', 'Hà Nội', 38, 126, 'monday-rush'),
  province('H14', 'Cao Bằng', 8, 56),
  province('H60', 'Tuyên Quang', 14, 124),
  province('H18', 'Điện Biên', 7, 45),
  province('H35', 'Lai Châu', 6, 38),
  province('H52', 'Sơn La', 11, 75),
  province('H38', 'Lào Cai', 15, 99),
  province('H55', 'Thái Nguyên', 15, 92),
  province('H37', 'Lạng Sơn', 9, 65),
  province('H49', 'Quảng Ninh', 16, 54),
  province('H05', 'Bắc Ninh', 22, 99),
  province('H44', 'Phú Thọ', 24, 148),
  province('H24', 'Hải Phòng', 26, 114),
  province('H31', 'Hưng Yên', 19, 104),
  province('H42', 'Ninh Bình', 24, 129),
  province('H56', 'Thanh Hóa', 25, 166),
  province('H41', 'Nghệ An', 23, 130, 'closing-stack'),
  province('H27', 'Hà Tĩnh', 11, 69),
  province('H50', 'Quảng Trị', 12, 78),
  province('H57', 'Huế', 12, 40),
  province('H17', 'Đà Nẵng', 20, 94),
  province('H48', 'Quảng Ngãi', 14, 96),
  province('H21', 'Gia Lai', 19, 135),
  province('H32', 'Khánh Hòa', 14, 65),
  province('H15', 'Đắk Lắk', 18, 102),
  province('H36', 'Lâm Đồng', 21, 124),
  province('H19', 'Đồng Nai', 24, 95),
  province('H29', 'Hồ Chí Minh', 42, 168, 'saturday-morning'),
  province('H53', 'Tây Ninh', 18, 96, 'slow-register'),
  province('H20', 'Đồng Tháp', 21, 102),
  province('H61', 'Vĩnh Long', 20, 124),
  province('H01', 'An Giang', 23, 102),
  province('H13', 'Cần Thơ', 20, 103),
  province('H12', 'Cà Mau', 15, 64, 'slow-register'),
  ministry('G01', 'Bộ Công an', 30),
  ministry('G02', 'Bộ Công Thương', 16),
  ministry('G03', 'Bộ Giáo dục và Đào tạo', 14),
  ministry('G08', 'Bộ Ngoại giao', 8),
  ministry('G11', 'Bộ Quốc phòng', 18),
  ministry('G15', 'Bộ Tư pháp', 13),
  ministry('G16', 'Bộ Văn hóa, Thể thao và Du lịch', 11),
  ministry('G18', 'Bộ Y tế', 15, 'slow-register'),
  ministry('G19', 'Ngân hàng Nhà nước Việt Nam', 9),
  ministry('G20', 'Thanh tra Chính phủ', 4),
  ministry('G22', 'Văn phòng Chính phủ', 12, 'closing-stack'),
  ministry('G17', 'Bộ Xây dựng', 17),
  ministry('G12', 'Bộ Tài chính', 28, 'monday-rush'),
  ministry('G06', 'Bộ Khoa học và Công nghệ', 13),
  ministry('G09', 'Bộ Nội vụ', 15),
  ministry('G10', 'Bộ Nông nghiệp và Môi trường', 20),
  ministry('G21', 'Bộ Dân tộc và Tôn giáo', 4),
]

const BY_CODE = new Map(UNITS.flatMap((unit) => [[unit.code, unit] as const, [longCode(unit), unit] as const]))

/** The unit of a code in either spelling, or undefined. */
export const unitOf = (code: string): Unit | undefined => BY_CODE.get(code)
