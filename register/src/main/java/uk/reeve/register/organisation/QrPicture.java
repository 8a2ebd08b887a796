package uk.reeve.register.organisation;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import java.util.Map;

/// A QR code to draw as SVG within the page, which needs neither a file nor a script.
///
/// @param size modules a side, four of margin included
/// @param path the dark ones, for the attribute `d`
public record QrPicture(int size, String path) {

    static QrPicture of(String text) {
        try {
            BitMatrix dark =
                    new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, Map.of(EncodeHintType.MARGIN, 4));
            StringBuilder path = new StringBuilder();
            for (int y = 0; y < dark.getHeight(); y++) {
                for (int x = 0; x < dark.getWidth(); x++) {
                    if (dark.get(x, y)) {
                        path.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
                    }
                }
            }
            return new QrPicture(dark.getWidth(), path.toString());
        } catch (WriterException e) {
            throw new IllegalStateException(e); // an address is at most 254 letters
        }
    }
}
