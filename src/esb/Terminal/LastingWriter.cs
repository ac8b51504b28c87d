using System.Text;

namespace Esb.Cli.Terminal;

/// <summary>
/// Writes text to a stream that may fail, for example on a full disk. After a failure, the text is lost, but the
/// command continues.
/// </summary>
/// <param name="target">The stream.</param>
internal sealed class LastingWriter(TextWriter target) : TextWriter
{
    /// <summary>The reason why the stream failed; null if it did not.</summary>
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
