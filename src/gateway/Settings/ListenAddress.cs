using System.Globalization;
using System.Net;
using Esb.Host.Settings;

namespace Esb.Gateway.Settings;

/// <summary>
/// The address of a listener: <c>:8080</c> (every address), <c>127.0.0.1:8080</c>, <c>[::1]:8080</c>.
/// </summary>
internal sealed record ListenAddress(string Variable, IPEndPoint EndPoint)
{
    public static ListenAddress Parse(string variable, string value)
    {
        var text = value.StartsWith(':') ? "0.0.0.0" + value : value;
        var colon = text.LastIndexOf(':');
        if (colon > 0
            && IPAddress.TryParse(text[..colon].Trim('[', ']'), out var address)
            && int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and <= 65_535)
            return new ListenAddress(variable, new IPEndPoint(address, port));
        throw new SettingException(variable, value, "ADDRESS:PORT or :PORT, for example 127.0.0.1:8080");
    }

    public override string ToString() => EndPoint.ToString();
}
