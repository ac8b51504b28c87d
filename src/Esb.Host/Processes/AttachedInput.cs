namespace Esb.Host.Processes;

/// <summary>
/// A process that must not outlive its starter. The starter keeps a pipe to the standard input of the process open,
/// which the kernel closes however the starter ends, even by SIGKILL.
/// </summary>
public static class AttachedInput
{
    /// <summary>The variable that a starter sets to <c>true</c> when standard input is such a pipe.</summary>
    public const string Variable = "ESB_ATTACHED";

    /// <summary>A token that is cancelled when the given one is, or when the input has ended.</summary>
    /// <param name="input">Standard input. Whatever it contains is dropped.</param>
    /// <param name="stopping">Other reasons to stop.</param>
    public static CancellationToken StopAtEnd(Stream input, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(input);
        // Never disposed, because it lives as long as the process.
        var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        new Thread(() => Wait(input, ending)) { IsBackground = true, Name = "standard input" }.Start();
        return ending.Token;
    }

    // A read of a pipe cannot be cancelled, hence a thread of its own.
    private static void Wait(Stream input, CancellationTokenSource ending)
    {
        try
        {
            Span<byte> dropped = stackalloc byte[64];
            while (input.Read(dropped) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A pipe that cannot be read has no writer.
        }

        ending.Cancel();
    }
}
