"""XLS with formulas, codes and merged cells: python3 make_xls.py (needs xlwt). The file is committed."""
import os

import xlwt

HERE = os.path.dirname(os.path.abspath(__file__))

book = xlwt.Workbook(encoding="utf-8")
sheet = book.add_sheet("Mẫu")
for column, name in enumerate(("ma", "ten", "ph", "do")):
    sheet.write(0, column, name)
code = xlwt.easyxf(num_format_str="00000")
for row, number in ((1, 123), (2, 7), (3, 1234567), (4, 12.5), (5, 8)):
    sheet.write(row, 0, number, code)
    sheet.write(row, 3, 5.5)
sheet.write_merge(1, 3, 1, 1, "Hồ Tây")
sheet.write(4, 1, "Sông Hồng")
sheet.write(1, 2, xlwt.Formula("D2*2"))
sheet.write(2, 2, xlwt.Formula('IF(D3>0,"",D3)'))
sheet.write(3, 2, 7.1)
sheet.write(4, 2, xlwt.Formula("SUM(D2:D4)"))
sheet.write(5, 2, 7.2)
book.save(os.path.join(HERE, "o_gop.xls"))
