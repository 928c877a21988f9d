/** The thirty-four provinces of the demonstration country: their H code, how much they write, and a few habits. */

/** A habit makes a province recognisable on a wall: a Monday rush, a Saturday morning, a stack sent at closing time, a slow register. */
export type Habit = 'monday-rush' | 'saturday-morning' | 'closing-stack' | 'slow-register'

export interface Province {
  /** Level-1 code, e.g. `H41`; the interchange speaks its QCVN 102 form, see `hCode`. */
  readonly h: string
  readonly name: string
  /** Documents received in a busy five minutes, roughly. */
  readonly size: number
  readonly habit?: Habit
}

/** "H41" → "000.00.00.H41", the form of QCVN 102:2016/BTTTT. */
export const hCode = (province: Province): string => `000.00.00.${province.h}`

export const PROVINCES: readonly Province[] = [
  { h: 'H26', name: 'Hà Nội', size: 38, habit: 'monday-rush' },
  { h: 'H14', name: 'Cao Bằng', size: 8 },
  { h: 'H60', name: 'Tuyên Quang', size: 14 },
  { h: 'H18', name: 'Điện Biên', size: 7 },
  { h: 'H35', name: 'Lai Châu', size: 6 },
  { h: 'H52', name: 'Sơn La', size: 11 },
  { h: 'H38', name: 'Lào Cai', size: 15 },
  { h: 'H55', name: 'Thái Nguyên', size: 15 },
  { h: 'H37', name: 'Lạng Sơn', size: 9 },
  { h: 'H49', name: 'Quảng Ninh', size: 16 },
  { h: 'H05', name: 'Bắc Ninh', size: 22 },
  { h: 'H44', name: 'Phú Thọ', size: 24 },
  { h: 'H24', name: 'Hải Phòng', size: 26 },
  { h: 'H31', name: 'Hưng Yên', size: 19 },
  { h: 'H42', name: 'Ninh Bình', size: 24 },
  { h: 'H56', name: 'Thanh Hóa', size: 25 },
  { h: 'H41', name: 'Nghệ An', size: 23, habit: 'closing-stack' },
  { h: 'H27', name: 'Hà Tĩnh', size: 11 },
  { h: 'H50', name: 'Quảng Trị', size: 12 },
  { h: 'H57', name: 'Huế', size: 12 },
  { h: 'H17', name: 'Đà Nẵng', size: 20 },
  { h: 'H48', name: 'Quảng Ngãi', size: 14 },
  { h: 'H21', name: 'Gia Lai', size: 19 },
  { h: 'H32', name: 'Khánh Hòa', size: 14 },
  { h: 'H15', name: 'Đắk Lắk', size: 18 },
  { h: 'H36', name: 'Lâm Đồng', size: 21 },
  { h: 'H19', name: 'Đồng Nai', size: 24 },
  { h: 'H29', name: 'Hồ Chí Minh', size: 42, habit: 'saturday-morning' },
  { h: 'H53', name: 'Tây Ninh', size: 18, habit: 'slow-register' },
  { h: 'H20', name: 'Đồng Tháp', size: 21 },
  { h: 'H61', name: 'Vĩnh Long', size: 20 },
  { h: 'H01', name: 'An Giang', size: 23 },
  { h: 'H13', name: 'Cần Thơ', size: 20 },
  { h: 'H12', name: 'Cà Mau', size: 15, habit: 'slow-register' },
]

const BY_CODE = new Map(PROVINCES.map((province) => [hCode(province), province]))

/** The province of a QCVN 102 code, or undefined. */
export const provinceOf = (code: string): Province | undefined => BY_CODE.get(code)
