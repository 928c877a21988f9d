/** What codes on screens are made of. */

/** Letters and digits nobody mistakes for one another across a room, read aloud or typed: no 0 O 1 I L U V. */
export const CODE_LETTERS = '23456789ABCDEFGHJKMNPQRSTWXYZ'
export const CODE_LENGTH = 6
