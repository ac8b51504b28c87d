using System.Text;

namespace Esb.Cli.Terminal;

/// <summary>
/// Text for a stream that may take no more, as a full disk does: what is said is lost then, and what is done goes on.
/// </summary>
/// <param name="target">Where the text goes.</param>
internal sealed class LastingWriter(TextWriter target) : TextWriter
{
    /// <summary>Why the stream takes no more; null as long as it took all.</summary>
    public string? Failure { get; private set; }

    public override Encoding Encoding => target.Encoding;

    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (Failure is not null)
            return;
        try
        {
            target.Write(buffer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Failure = (e.InnerException ?? e).Message;
        }
    }

    public override void Flush()
    {
        try
        {
            target.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Failure ??= (e.InnerException ?? e).Message;
        }
    }
}
