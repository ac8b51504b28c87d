using Esb.Tables.Storage.Sql;

namespace Esb.Tables.Storage.Rows;

/// <summary>
/// Undoes one request of a group and keeps the others. Most requests that fail do so before they write, so the
/// savepoint is created just before the first write. A request that is alone in its group needs no savepoint.
/// </summary>
internal sealed class Undo(SqlConnection connection)
{
    private bool _isAlone;
    private bool _hasWritten;

    public void BeginGroup(bool isAlone)
    {
        _isAlone = isAlone;
        _hasWritten = false;
        connection.Run("BEGIN IMMEDIATE");
    }

    public void BeforeWriting()
    {
        if (!_hasWritten && !_isAlone)
            connection.Run("SAVEPOINT request");
        _hasWritten = true;
    }

    public void Keep()
    {
        if (_hasWritten && !_isAlone)
            connection.Run("RELEASE request");
        _hasWritten = false;
    }

    public void Request()
    {
        if (!_hasWritten)
            return;
        _hasWritten = false;
        if (_isAlone)
        {
            connection.Run("ROLLBACK");
            connection.Run("BEGIN IMMEDIATE");
            return;
        }

        connection.Run("ROLLBACK TO request");
        connection.Run("RELEASE request");
    }

    public void Group()
    {
        _hasWritten = false;
        if (connection.IsInTransaction)
            connection.Run("ROLLBACK");
    }
}
