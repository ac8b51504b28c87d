using System.Globalization;
using System.Text;

namespace Esb.Schema.Diagnostics;

/// <summary>
/// A problem that the user caused and can fix: what is wrong, where, and how to fix it. Parsers collect diagnostics;
/// only a program's <c>Main</c> prints them and chooses the exit code. Bugs and failures of the environment are
/// exceptions instead.
/// </summary>
/// <param name="Severity">How serious the problem is.</param>
/// <param name="Code">The entry in <see cref="DiagnosticCodes"/>, such as <c>ESB1001</c>.</param>
/// <param name="Message">One line that names the resource or key and says what is wrong.</param>
/// <param name="File">The file as the user named it, or null.</param>
/// <param name="Line">1-based, 0 when unknown.</param>
/// <param name="Column">1-based, 0 when unknown.</param>
/// <param name="Help">How to fix it, such as <c>did you mean 'Handler'?</c>; null when there is no advice.</param>
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
