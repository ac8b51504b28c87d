using Esb.Tables.Errors;
using Esb.Tables.Storage.Sql;

namespace Esb.Tables.Storage.Files;

/// <summary>
/// The known state of the disk. The operator is told about each change once; clients get the error in every answer.
/// </summary>
internal sealed class DiskState(string path, Action<string>? report)
{
    private volatile bool _hasFailed;
    private volatile bool _isFull;

    /// <summary>Whether a flush has failed.</summary>
    public bool HasFailed => _hasFailed;

    /// <summary>Refuses to write after a flush has failed.</summary>
    /// <exception cref="TableException">A flush has failed.</exception>
    public void ThrowIfFailed()
    {
        if (_hasFailed)
            throw Refusal("the disk has failed");
    }

    /// <summary>Records that a write has reached the disk.</summary>
    public void Succeeded()
    {
        if (!_isFull)
            return;
        _isFull = false;
        report?.Invoke($"{path}: there is room again, and tables are written");
    }

    /// <summary>The error for the client. An error of the disk is reported to the operator first.</summary>
    public Exception ForClient(Exception reason) => reason is SqlException ? Report(reason) : reason;

    /// <summary>Tells the operator about an error of the disk.</summary>
    /// <returns>The error for a client.</returns>
    public TableException Report(Exception reason)
    {
        if (reason is SqlException { IsFailedFlush: true } failure)
            return Fail(failure);
        if (reason is SqlException { IsFull: true } full)
            return Full(full);
        var isDamage = reason is SqlException { IsDamage: true };
        report?.Invoke(isDamage
            ? $"{path}: damaged ({reason.Message}); stop the program, and restore the file from a backup"
            : $"{path}: {reason.Message}");
        return Refusal(isDamage ? "the data is damaged" : reason.Message);
    }

    /// <summary>
    /// Records that the state of the data on the disk is unknown. The kernel reports a failed flush only once: a later
    /// flush would succeed although data was lost. Nothing is therefore written until a restart has read what is on the
    /// disk.
    /// </summary>
    public TableException Fail(SqlException error)
    {
        if (!_hasFailed)
            report?.Invoke($"{path}: the disk has failed ({error.Message}); tables can be read, and are not written "
                + "until a restart: check the disk, then start again");
        _hasFailed = true;
        return Refusal("the disk has failed");
    }

    private TableException Full(SqlException error)
    {
        if (!_isFull)
            report?.Invoke(
                $"{path}: no room ({error.Message}); tables can be read, and are written when there is room");
        _isFull = true;
        return Refusal("the disk is full");
    }

    private static TableException Refusal(string reason) => new("InternalServerError", $"Not done: {reason}", 500);
}
