using System.Globalization;
using Esb.Cli.Terminal;
using Esb.Host.Logs;

namespace Esb.Cli.Gateway;

/// <summary>Lines of <c>esb logs</c>: time, function, request id, line. Columns grow with the longest name seen so far.</summary>
internal sealed class LogText(Paint paint, TimeZoneInfo zone)
{
    private const int RequestIdShown = 8;

    private int _nameWidth;

    public string Line(LogLine line)
    {
        _nameWidth = Math.Max(_nameWidth, line.Function.Length);
        var time = TimeZoneInfo.ConvertTime(line.Time, zone).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
        var id = line.RequestId.Length > RequestIdShown ? line.RequestId[..RequestIdShown] : line.RequestId;
        var said = VisibleText.OneLine(line.Text);
        var text = line.Stream switch
        {
            "platform" => paint.Dim(said),
            "stderr" => paint.Yellow(said),
            _ => said,
        };
        return $"{paint.Dim(time)}  {line.Function.PadRight(_nameWidth)}  {paint.Dim(id.PadRight(RequestIdShown))}  {text}";
    }
}
