using System.Globalization;
using Esb.AdminProtocol;
using Esb.Cli.Terminal;
using Esb.Host.Logs;

namespace Esb.Cli.Gateway;

/// <summary>Lines of <c>esb logs</c>. Columns grow with the longest name seen so far.</summary>
internal sealed class LogText(Paint paint, TimeZoneInfo zone)
{
    private const int RequestIdShown = 8;

    private int _nameWidth;

    public string Line(LogRecord line)
    {
        _nameWidth = Math.Max(_nameWidth, line.Function.Length);
        var time = TimeZoneInfo.ConvertTime(line.Time, zone)
            .ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
        var id = line.RequestId.Length > RequestIdShown ? line.RequestId[..RequestIdShown] : line.RequestId;
        var content = VisibleText.OneLine(line.Text);
        var text = line.Stream switch
        {
            "platform" => paint.Dim(content),
            "stderr" => paint.Yellow(content),
            _ => content,
        };
        var (name, request) = (line.Function.PadRight(_nameWidth), id.PadRight(RequestIdShown));
        return $"{paint.Dim(time)}  {name}  {paint.Dim(request)}  {text}";
    }
}
