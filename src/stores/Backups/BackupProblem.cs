namespace Esb.Stores.Backups;

/// <summary>Why a backup was not made or not restored. The data is what it was.</summary>
/// <param name="status">The status of the answer on the administration socket.</param>
/// <param name="message">What is wrong.</param>
/// <param name="help">What can be done about it.</param>
internal sealed class BackupProblem(int status, string message, string? help = null) : Exception(message)
{
    public int Status => status;

    public string? Help => help;

    /// <summary>The archive is not one that can be restored.</summary>
    public static BackupProblem Unusable(string message, string? help = null) =>
        new(StatusCodes.Status400BadRequest, message, help);

    /// <summary>The data cannot be read or written.</summary>
    public static BackupProblem Of(Exception reason) => reason as BackupProblem
        ?? new(StatusCodes.Status500InternalServerError, reason.Message, "check the disk and its space");
}
