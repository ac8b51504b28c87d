using System.Globalization;
using System.Text;

namespace Esb.Schema.Diagnostics;

/// <summary>
/// Something that a user caused and can fix: what, where, and what would be right. Parsers collect these; only a
/// program's <c>Main</c> prints them and chooses the exit code. Bugs and failures of the environment are exceptions
/// instead.
/// </summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Code">The entry in <see cref="DiagnosticCodes"/>, e.g. <c>ESB1001</c>.</param>
/// <param name="Message">One line: the resource or key, what is wrong.</param>
/// <param name="File">The file as the user named it, or null.</param>
/// <param name="Line">1-based, 0 when unknown.</param>
/// <param name="Column">1-based, 0 when unknown.</param>
/// <param name="Help">What would be right, e.g. <c>did you mean 'Handler'?</c>, or null.</param>
public sealed record Diagnostic(
    Severity Severity,
    string Code,
    string Message,
    string? File = null,
    int Line = 0,
    int Column = 0,
    string? Help = null)
{
    /// <summary>One line, as compilers print it: <c>file:line:column: error: message (help)</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (File is not null)
        {
            text.Append(File);
            if (Line > 0)
                text.Append(CultureInfo.InvariantCulture, $":{Line}:{Math.Max(Column, 1)}");
            text.Append(": ");
        }

        text.Append(Severity switch
        {
            Severity.Error => "error: ",
            Severity.Warning => "warning: ",
            _ => "note: ",
        });
        text.Append(Message);
        if (Help is not null)
            text.Append("; ").Append(Help);
        return text.ToString();
    }
}
